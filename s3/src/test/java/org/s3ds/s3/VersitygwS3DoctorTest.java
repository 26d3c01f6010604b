package org.s3ds.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** As above it, on a server that runs already. */
@Tag("foreign")
class VersitygwS3DoctorTest extends S3DoctorTest {
    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.versitygw");
    }
}
