package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("foreign")
final class MinioLongListingTest extends LongListingContract {
    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.minio");
    }
}
