package org.s3ds.s3;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** It refuses to create where a mark of a deleted object is: a put, a look, both once more, and a plain put. */
@Tag("foreign")
final class VersitygwVersionedBucketTest extends VersionedBucketContract {
    VersitygwVersionedBucketTest() throws IOException {
        super(TestServer.running("s3ds.versitygw"));
    }

    @Override
    Map<String, Long> requestsToCreateAfterADelete() {
        return Map.of("put", 3L, "get", 2L);
    }
}
