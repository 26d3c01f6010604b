package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** As above it, on MinIO. */
@Tag("foreign")
class MinioClaimedStoreTest extends ClaimedStoreTest {
    @Override
    TestServer start(Path buckets) {
        return TestServer.running("s3ds.minio");
    }
}
