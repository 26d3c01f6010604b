package org.s3ds.s3;

class S3SlashedRootContractTest extends EmbeddedContract {
    S3SlashedRootContractTest() {
        super("/node1/", Extent.SHORT);
    }
}
