package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** As above it, on VersityGW. */
@Tag("foreign")
class VersitygwKeptChecksumsTest extends KeptChecksumsTest {
    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.versitygw");
    }
}
