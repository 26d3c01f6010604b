package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.embedded.EmbeddedS3;
import org.s3ds.node.repo.Config;
import org.s3ds.s3.S3Config;

/** The examples of the README, as they stand there. */
class ReadmeTest {
    private static final String BLOCKS = "Datastore.Spec";

    @TempDir
    Path directory;

    private final String readme;

    ReadmeTest() throws Exception {
        readme = Files.readString(Path.of("..", "README.md"));
    }

    @Test
    void theExampleForAnotherProviderStoresABlockInItsBucket() throws Exception {
        Files.createDirectories(directory.resolve("server/my-bucket"));
        try (EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"))) {
            String config = filled(example("other"))
                    .replace("us-east-1.linodeobjects.com", server.endpoint().toString());
            Files.writeString(directory.resolve("config.json"), config);
            Cli cli = new Cli(directory);
            // blank keys come from the usual places, of which the environment is the first
            cli.with("AWS_ACCESS_KEY_ID", server.accessKey()).with("AWS_SECRET_ACCESS_KEY", server.secretKey());

            assertRuns(cli, "init", "config.json");
            assertEquals(
                    filled(example("spec")).strip(), Files.readString(cli.repo().resolve("datastore_spec")));
            Cli.Result put = cli.pipe("a block".getBytes(StandardCharsets.UTF_8), "block", "put");
            assertEquals(0, put.exit(), put.err());
            assertEquals("a block", assertRuns(cli, "block", "get", put.out().strip()));
            try (var objects = Files.list(directory.resolve("server/my-bucket/node1"))) {
                assertTrue(objects.count() >= 2, "the block and the empty directory are in the bucket");
            }
        }
    }

    @Test
    void theExampleForAmazonIsTakenAsWritten() throws Exception {
        Config config = Config.parse(filled(example("amazon")).getBytes(StandardCharsets.UTF_8), "README.md");
        assertTrue(config.find(BLOCKS).isPresent());
        Matcher child = Pattern.compile("\"child\": (\\{[^}]*\"s3ds\"[^}]*})").matcher(filled(example("amazon")));
        assertTrue(child.find());
        Config spec = Config.parse(child.group(1).getBytes(StandardCharsets.UTF_8), "README.md");
        S3Config parsed = S3Config.parse(spec.root());
        assertEquals("my-bucket", parsed.bucket());
        assertEquals(List.of(), parsed.warnings());
    }

    @Test
    void theHashInTheReadmeIsThatOfTheFile() throws Exception {
        Cli cli = new Cli(directory);
        assertRuns(cli, "init");
        Files.writeString(directory.resolve("hello.txt"), "hello\n");
        String added = assertRuns(cli, "add", "hello.txt").strip();
        assertTrue(readme.contains(added), added);
    }

    private static String assertRuns(Cli cli, String... arguments) {
        Cli.Result result = cli.run(arguments);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    private String example(String name) {
        Matcher matcher = Pattern.compile("<!-- example: " + name + " -->\\n```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertTrue(matcher.find(), "the README has no example " + name);
        return matcher.group(1);
    }

    private static String filled(String example) {
        return example.replace("$bucketname", "my-bucket").replace("$bucketsubdirectory", "node1");
    }
}
