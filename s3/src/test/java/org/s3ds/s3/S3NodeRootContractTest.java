package org.s3ds.s3;

class S3NodeRootContractTest extends EmbeddedContract {
    S3NodeRootContractTest() {
        super("node1", Extent.FULL);
    }
}
