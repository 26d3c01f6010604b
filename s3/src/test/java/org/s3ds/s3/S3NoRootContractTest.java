package org.s3ds.s3;

class S3NoRootContractTest extends EmbeddedContract {
    S3NoRootContractTest() {
        super("", Extent.SHORT);
    }
}
