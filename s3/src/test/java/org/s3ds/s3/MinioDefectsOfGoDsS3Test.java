package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** As above it, on MinIO. */
@Tag("foreign")
class MinioDefectsOfGoDsS3Test extends DefectsOfGoDsS3Test {
    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.minio");
    }
}
