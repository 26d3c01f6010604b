package org.s3ds.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class LongListingTest extends LongListingContract {
    @Override
    TestServer start(Path folder) throws IOException {
        return TestServer.embedded(folder);
    }

    /** The server's files: putting each would take a minute. */
    @Override
    void lay(Path folder, S3Config bucket, List<String> objects) throws IOException {
        Path below = Files.createDirectories(
                folder.resolve(bucket.bucket()).resolve("node1").resolve("x"));
        for (String name : objects) {
            Files.createFile(below.resolve(name));
        }
    }
}
