package org.s3ds.s3;

import java.io.IOException;
import java.nio.file.Path;

final class ReadBucketsTest extends ReadBucketsContract {
    @Override
    TestServer first(Path folder) throws IOException {
        return TestServer.embedded(folder);
    }

    @Override
    TestServer second(Path folder) throws IOException {
        return TestServer.embedded(folder);
    }
}
