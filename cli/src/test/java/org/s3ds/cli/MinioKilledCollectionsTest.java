package org.s3ds.cli;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** As above it, more often, and on MinIO. */
@Tag("foreign")
class MinioKilledCollectionsTest extends KilledCollectionsTest {
    @Override
    int kills() {
        return 10;
    }

    @Override
    TestBucket bucket() throws IOException {
        return TestBucket.running("s3ds.minio");
    }
}
