package org.s3ds.s3;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("foreign")
final class MinioVersionedBucketTest extends VersionedBucketContract {
    MinioVersionedBucketTest() throws IOException {
        super(TestServer.running("s3ds.minio"));
    }

    @Override
    Map<String, Long> requestsToCreateAfterADelete() {
        return Map.of("put", 1L);
    }
}
