package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** A bucket of MinIO's that reads from one of VersityGW's. */
@Tag("foreign")
final class ForeignReadBucketsTest extends ReadBucketsContract {
    @Override
    TestServer first(Path folder) {
        return TestServer.running("s3ds.minio");
    }

    @Override
    TestServer second(Path folder) {
        return TestServer.running("s3ds.versitygw");
    }
}
