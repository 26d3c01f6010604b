package org.s3ds.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.embedded.EmbeddedS3;

/** The page {@code docs/from-go-ds-s3.md}, in a node that has s3ds as a plugin alone. */
@Tag("packaged")
class SeedStoryTest {
    @TempDir
    Path folder;

    @Test
    void eachStepOfTheReadmeOfGoDsS3WorksAndSoDoTheShorterOnes() throws Exception {
        Path bucket = Files.createDirectories(folder.resolve("server/my-bucket"));
        Files.copy(DocPage.only(Path.of("target"), "s3ds-plugin-[0-9].*\\.jar"), folder.resolve("s3ds-plugin.jar"));
        try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("server"))) {
            Files.writeString(folder.resolve("secret"), server.secretKey());
            DocPage.Result result = new DocPage("from-go-ds-s3.md", folder, DocPage.program("s3ds-[0-9].*"))
                    .run(Map.of(
                            "BUCKET",
                            "my-bucket",
                            "ENDPOINT",
                            server.endpoint().toString(),
                            "ACCESS_KEY",
                            server.accessKey(),
                            "SECRET_KEY",
                            server.secretKey()));
            assertEquals(0, result.exit(), result.out() + result.err());
            assertEquals(
                    2,
                    result.out()
                            .lines()
                            .filter(line -> line.equals("in the bucket"))
                            .count(),
                    result.out());
        }
        assertEquals(
                Files.readString(folder.resolve("repo/datastore_spec")),
                Files.readString(folder.resolve("repo-short/datastore_spec")));
        try (Stream<Path> objects = Files.list(bucket.resolve("node1"))) {
            assertEquals(2, objects.count(), "the file, and the empty directory of the second init");
        }
    }
}
