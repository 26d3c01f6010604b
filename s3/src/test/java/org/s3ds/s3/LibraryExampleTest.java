package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.embedded.EmbeddedS3;

/** The program in README that uses the store as a library: it is as short as it says, and it runs. */
class LibraryExampleTest {
    private static final int MOST_LINES = 15;
    private static final String MARK = "<!-- example: library -->\n```java\n";

    @TempDir
    private Path folder;

    private static String example() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        int start = readme.indexOf(MARK);
        assertTrue(start > 0, "README has no " + MARK);
        return readme.substring(start + MARK.length(), readme.indexOf("```\n", start + MARK.length()));
    }

    @Test
    void itPutsAndGetsABlock() throws Exception {
        String program = example();
        assertTrue(program.lines().count() <= MOST_LINES, program);
        Path source = Files.writeString(folder.resolve("Example.java"), program);
        try (EmbeddedS3 server = EmbeddedS3.start(Files.createDirectories(folder.resolve("server")))) {
            Files.createDirectories(folder.resolve("server/my-bucket"));
            String printed = run(source, server.endpoint().toString(), server.accessKey(), server.secretKey());
            assertEquals("hello world\n", printed);
            S3Config config = S3Config.of("my-bucket", "us-east-1")
                    .withEndpoint(server.endpoint())
                    .withKeys(server.accessKey(), server.secretKey());
            try (S3Bucket bucket = new S3Bucket(config, new StoreContext(folder, Metrics.none(), Map.of()))) {
                assertEquals(
                        List.of("node1/CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I"),
                        bucket.list("", "", Optional.empty(), 10).objects().stream()
                                .map(Listed::name)
                                .toList());
            }
        }
    }

    /** As a program of its own, from its source. */
    private static String run(Path source, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), source.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }
}
