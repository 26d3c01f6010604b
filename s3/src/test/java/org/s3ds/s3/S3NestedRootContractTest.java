package org.s3ds.s3;

class S3NestedRootContractTest extends EmbeddedContract {
    S3NestedRootContractTest() {
        super("a//b", Extent.SHORT);
    }
}
