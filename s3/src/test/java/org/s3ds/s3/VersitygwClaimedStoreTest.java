package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** As above it, on VersityGW. */
@Tag("foreign")
class VersitygwClaimedStoreTest extends ClaimedStoreTest {
    @Override
    TestServer start(Path buckets) {
        return TestServer.running("s3ds.versitygw");
    }
}
