package org.s3ds.s3;

import org.junit.jupiter.api.Tag;

/** As above it, more often, and on MinIO. */
@Tag("foreign")
class MinioKilledIndexTest extends KilledIndexTest {
    @Override
    int rounds() {
        return Integer.getInteger("s3ds.rounds", 10);
    }

    @Override
    TestServer server() {
        return TestServer.running("s3ds.minio");
    }
}
