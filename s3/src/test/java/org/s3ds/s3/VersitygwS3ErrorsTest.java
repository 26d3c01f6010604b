package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;

/** As above it, on VersityGW. */
@Tag("foreign")
class VersitygwS3ErrorsTest extends S3ErrorsTest {
    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.versitygw");
    }

    /** It says that the bucket is absent. */
    @Override
    void deleteWithoutBucket(Datastore store) {
        S3Exception failure = assertThrows(S3Exception.class, () -> store.delete(Key.of("K")));
        assertEquals("NoSuchBucket", failure.failure().code());
    }
}
