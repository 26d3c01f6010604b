package org.s3ds.s3;

import java.util.List;

class S3NoRootContractTest extends S3Contract {
    S3NoRootContractTest() {
        super("");
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
