package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.node.repo.Json;
import org.s3ds.s3.SpecKey;

class DoctorTest {
    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeAll
    static void makeBucket() throws Exception {
        server.bucket("blocks");
    }

    @BeforeEach
    void begin() throws Exception {
        cli = server.user(directory);
    }

    private Cli.Result doctor(String bucket, String... more) {
        String[] words = server.options("doctor", bucket, more);
        return cli.run(Stream.concat(Stream.of(words), Stream.of("--root-directory", "node1"))
                .toArray(String[]::new));
    }

    private Map<String, Object> spec() {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("type", "s3ds");
        spec.put("region", "us-east-1");
        spec.put("bucket", "blocks");
        spec.put("rootDirectory", "node1");
        spec.put("regionEndpoint", server.endpoint().toString());
        spec.put("accessKey", server.accessKey());
        spec.put("secretKey", server.secretKey());
        return spec;
    }

    private static List<String> objects() throws IOException {
        try (Stream<Path> files = Files.walk(server.folder().resolve("blocks"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void theStoreOfARepoIsLookedAtWithoutOpeningIt() throws Exception {
        TestRepo.init(cli, spec());
        List<String> before = objects();
        Cli.Result result = cli.run("doctor");
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("Store: blocks/node1 at " + server.endpoint() + "\n"), result.out());
        assertTrue(result.out().endsWith("\nThe store works.\n"), result.out());
        assertTrue(result.out().lines().anyMatch(line -> line.matches("create-only +ok .*")), result.out());
        assertFalse(result.out().contains(server.secretKey()), "the secret is shown");
        assertEquals(before, objects());
    }

    @Test
    void aBucketToReadFromIsNoStoreOfItsOwn() throws Exception {
        Files.createDirectories(server.folder().resolve("further"));
        Map<String, Object> further = spec();
        further.put("bucket", "further");
        Map<String, Object> spec = spec();
        spec.put("readBuckets", List.of(further));
        TestRepo.init(cli, spec);
        Cli.Result result = cli.run("doctor");
        assertEquals(0, result.exit(), result.err());
        assertEquals(1, result.out().split("Store: ", -1).length - 1, result.out());
        assertTrue(result.out().lines().anyMatch(line -> line.startsWith("read bucket further ")), result.out());
    }

    @Test
    void everyKeyIsShownWithItsSource() {
        cli.with("AWS_PROFILE", "work");
        Cli.Result result = doctor("blocks");
        assertEquals(0, result.exit(), result.err());
        for (SpecKey key : SpecKey.values()) {
            assertTrue(result.out().lines().anyMatch(line -> line.startsWith(key.key() + " ")), key.key());
        }
        assertTrue(result.out().lines().anyMatch(line -> line.matches("bucket +spec +blocks")), result.out());
        assertTrue(result.out().lines().anyMatch(line -> line.matches("secretKey +spec +\\*\\*\\*")), result.out());
        assertTrue(result.out().lines().anyMatch(line -> line.matches("workers +default +100")), result.out());
        assertTrue(
                result.out().lines().anyMatch(line -> line.matches("profile +environment, AWS_PROFILE +work")),
                result.out());
    }

    @Test
    void aBucketThatIsNotThereIsAFailure() {
        Cli.Result result = doctor("nowhere");
        assertEquals(1, result.exit());
        assertEquals("Error: the store would not work: see above what is missing\n", result.err());
        assertTrue(
                result.out().lines().anyMatch(line -> line.matches("reach +FAILED +there is no bucket \"nowhere\".*")),
                result.out());
        assertTrue(result.out().endsWith("\nThe store would not work.\n"));
        assertEquals(0, doctor("nowhere", "--create-bucket").exit());
    }

    @Test
    void findingsComeAsJsonToo() throws Exception {
        Cli.Result result = doctor("blocks", "--json");
        assertEquals(0, result.exit(), result.err());
        byte[] text = result.out().getBytes(StandardCharsets.UTF_8);
        assertTrue(
                Json.parse(text, "the output") instanceof Map<?, ?> found && Boolean.TRUE.equals(found.get("Works")),
                result.out());
        assertTrue(result.out().contains("\"Check\": \"create-only\""), result.out());
    }

    @Test
    void thePolicyNamesBucketAndRootDirectory() throws Exception {
        Cli.Result result = cli.run(
                "doctor", "--policy", "--bucket", "blocks", "--region", "eu-central-1", "--root-directory", "node1");
        assertEquals("""
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "List",
                      "Effect": "Allow",
                      "Action": ["s3:ListBucket"],
                      "Resource": "arn:aws:s3:::blocks",
                      "Condition": { "StringLikeIfExists": { "s3:prefix": "node1/*" } }
                    },
                    {
                      "Sid": "Blocks",
                      "Effect": "Allow",
                      "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                      "Resource": "arn:aws:s3:::blocks/node1/*"
                    },
                    {
                      "Sid": "OnlyForDoctor",
                      "Effect": "Allow",
                      "Action": ["s3:GetBucketVersioning", "s3:GetLifecycleConfiguration", "s3:GetBucketObjectLockConfiguration"],
                      "Resource": "arn:aws:s3:::blocks"
                    }
                  ]
                }
                """, result.out(), result.err());
    }

    @Test
    void theServerInsideARepoIsLookedAtToo() {
        assertEquals(0, cli.run("init").exit());
        Cli.Result result = cli.run("doctor");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().startsWith("Store: s3ds-embedded in embedded\n\npath  "), result.out());
        assertTrue(result.out().endsWith("\nThe store works.\n"), result.out());
        assertFalse(result.out().contains("OnlyForDoctor"), result.out());
        assertEquals(
                "Error: no store of the repo needs a policy; name a bucket with --bucket\n",
                cli.run("doctor", "--policy").err());
    }

    @Test
    void aRepoWithNothingToExamineIsToldSo() {
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        Cli.Result result = cli.run("doctor");
        assertEquals(1, result.exit());
        assertEquals("Error: no store of the repo can be examined; name a bucket with --bucket\n", result.err());
    }
}
