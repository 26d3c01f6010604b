package org.s3ds.s3;

class S3NodeRootContractTest extends S3Contract {
    S3NodeRootContractTest() {
        super("node1");
    }
}
