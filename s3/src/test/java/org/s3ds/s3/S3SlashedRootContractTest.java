package org.s3ds.s3;

import java.util.List;

class S3SlashedRootContractTest extends S3Contract {
    S3SlashedRootContractTest() {
        super("/node1/");
    }

    @Override
    protected int elementCount() {
        return 10;
    }

    @Override
    protected int longListing() {
        return 1_100;
    }

    @Override
    protected List<Integer> combinationCounts() {
        return List.of(1);
    }
}
