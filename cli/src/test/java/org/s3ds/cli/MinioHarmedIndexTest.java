package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The same on MinIO. */
@Tag("foreign")
class MinioHarmedIndexTest extends HarmedIndexTest {
    @Override
    TestBucket bucket(Path folder) throws IOException {
        return TestBucket.running("s3ds.minio");
    }
}
