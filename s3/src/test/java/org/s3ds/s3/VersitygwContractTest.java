package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** VersityGW on a folder, as the datastore contract sees it. */
@Tag("foreign")
class VersitygwContractTest {
    abstract static class OnServer extends FolderServerContract {
        OnServer(String rootDirectory, Extent extent) {
            super(rootDirectory, extent, 409);
        }

        @Override
        TestServer start(Path folder) {
            return TestServer.running("s3ds.versitygw");
        }
    }

    @Nested
    class NoRoot extends OnServer {
        NoRoot() {
            super("", Extent.FULL);
        }
    }

    @Nested
    class NodeRoot extends OnServer {
        NodeRoot() {
            super("node1", Extent.FULL);
        }
    }

    @Nested
    class SlashedRoot extends OnServer {
        SlashedRoot() {
            super("/node1/", Extent.SHORT);
        }
    }

    @Nested
    class NestedRoot extends OnServer {
        NestedRoot() {
            super("a//b", Extent.SHORT);
        }
    }
}
