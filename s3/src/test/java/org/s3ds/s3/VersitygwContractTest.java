package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** VersityGW on a folder, as the datastore contract sees it. */
@Tag("foreign")
@EachRootDirectory
class VersitygwContractTest extends FolderServerContract {
    VersitygwContractTest() {
        super(409);
    }

    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.versitygw");
    }
}
