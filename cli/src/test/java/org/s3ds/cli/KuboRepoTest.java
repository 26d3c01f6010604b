package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.embedded.EmbeddedS3;

/** Repos that Kubo made, opened, read whole, written to, closed and opened again. */
class KuboRepoTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void begin() {
        cli = new Cli(directory);
    }

    @Test
    void aRepoOnFlatfsIsReadWrittenAndReadAgain() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        fixture.unpack(cli.repo());
        assertReadAndWritten(fixture, 6_045);
        assertEquals("18\n", Files.readString(cli.repo().resolve("version")));
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")));
    }

    @Test
    void aRepoOnS3IsReadWrittenAndReadAgain(@TempDir Path buckets) throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-s3");
        fixture.unpack(cli.repo());
        Path bucket = Files.createDirectories(buckets.resolve("peergos-test"));
        Files.move(cli.repo().resolve("bucket/node1"), bucket.resolve("node1"));
        try (EmbeddedS3 server = EmbeddedS3.start(buckets)) {
            Path config = cli.repo().resolve("config");
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replaceFirst(
                                    "http://127.0.0.1:[0-9]+", server.endpoint().toString())
                            .replace("\"accessKey\": \"fixture\"", "\"accessKey\": \"" + server.accessKey() + "\"")
                            .replace("\"fixture-secret\"", "\"" + server.secretKey() + "\""));
            assertReadAndWritten(fixture, 45);
            Cli.Result shown = cli.run("config", "show");
            assertTrue(shown.out().contains("\"secretKey\": \"***\""), shown.out());
        }
    }

    /** The file and the raw block below are no blocks of the repo before. */
    private void assertReadAndWritten(KuboFixture fixture, int blocks) throws IOException {
        assertRead(fixture);
        assertEquals(blocks, localBlocks().size());
        byte[] file = new byte[600_000];
        new Random(1).nextBytes(file);
        Cli.Result added = cli.pipe(file, "add", "-Q");
        assertEquals("", added.err());
        Cli.Result put = cli.pipe("a block".getBytes(StandardCharsets.UTF_8), "block", "put");
        assertEquals("", put.err());
        assertEquals(0, cli.run("config", "Datastore.StorageMax", "20GB").exit());
        for (int i = 0; i < 2; i++) {
            assertRead(fixture);
            assertEquals(0, cli.run("cat", added.out().strip()).exit());
            assertArrayEquals(file, cli.lastOutput());
            assertEquals("a block", cli.run("block", "get", put.out().strip()).out());
            assertEquals(blocks + 5, localBlocks().size(), "three leaves, their root, a raw block");
        }
        assertEquals("20GB\n", cli.run("config", "Datastore.StorageMax").out());
    }

    private List<String> localBlocks() {
        Cli.Result local = cli.run("refs", "local");
        assertEquals("", local.err());
        return local.out().lines().distinct().toList();
    }

    private void assertRead(KuboFixture fixture) {
        for (KuboFixture.Content content : fixture.contents()) {
            Cli.Result result = cli.run("cat", content.cid());
            assertEquals("", result.err(), content.cid());
            assertEquals(content.sha256(), KuboFixture.sha256(cli.lastOutput()), content.cid());
        }
        Cli.Result missing = cli.run("block", "stat", fixture.text("missing"));
        assertTrue(missing.err().contains("could not find " + fixture.text("missing")), missing.err());
        Cli.Result tree = cli.run("refs", "-r", fixture.text("tree"));
        assertEquals(0, tree.exit(), tree.err());
        assertTrue(tree.out().lines().count() > 1, tree.out());
    }

    @Test
    void anOldRepoIsReadAndNothingOfItChanges() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        fixture.unpack(cli.repo());
        Path repo = cli.repo();
        Files.createFile(repo.resolve("repo.lock"));
        Files.writeString(repo.resolve("blocks/.temp/of-kubo"), "half");
        Files.writeString(directory.resolve("file"), "hello world");
        for (String version : List.of("12", "15", "17")) {
            Files.writeString(repo.resolve("version"), version + "\n");
            Map<String, String> before = KuboFixture.state(repo);
            assertRead(fixture);
            assertEquals(6_045, localBlocks().size());
            String tree = fixture.text("tree");
            for (String[] words : List.of(
                    new String[] {"ls", tree},
                    new String[] {"get", "-o", "got-" + version, tree},
                    new String[] {"refs", tree},
                    new String[] {"block", "get", tree},
                    new String[] {"block", "stat", tree},
                    new String[] {"pin", "ls", "--names", "--type=recursive"},
                    new String[] {"pin", "verify"},
                    new String[] {"repo", "stat"},
                    new String[] {"repo", "verify"},
                    new String[] {"config", "show"},
                    new String[] {"config", "Datastore.StorageMax"})) {
                Cli.Result result = cli.run(words);
                assertEquals(0, result.exit(), () -> String.join(" ", words) + ": " + result.err());
            }
            assertWritesRefused(version);
            assertEquals(before, KuboFixture.state(repo));
        }
        for (String version : List.of("11", "19")) {
            Files.writeString(repo.resolve("version"), version + "\n");
            Cli.Result result = cli.run("cat", fixture.text("tree"));
            assertTrue(result.firstErrorLine().matches("Error: (ipfs repo needs migration|Your programs version).*"));
        }
    }

    private void assertWritesRefused(String version) {
        String sentence =
                "Error: this repo has version " + version + ", which s3ds reads but does not write to: it writes"
                        + " version 18. Let Kubo migrate the repo first (ipfs repo migrate), then try again";
        cli.with("EDITOR", "sed -i s/10GB/20GB/");
        for (String[] words : Stream.of(
                        "add file",
                        "add --pin=false file",
                        "block put file",
                        "pin rm QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn",
                        "config Datastore.StorageMax 20GB",
                        "config edit")
                .map(line -> line.split(" ", -1))
                .toList()) {
            Cli.Result result = cli.run(words);
            assertEquals(1, result.exit());
            assertEquals(sentence, result.firstErrorLine(), () -> String.join(" ", words));
        }
        Cli.Result replaced =
                cli.pipe(cli.run("config", "show").out().getBytes(StandardCharsets.UTF_8), "config", "replace", "-");
        assertEquals(sentence, replaced.firstErrorLine());
    }
}
