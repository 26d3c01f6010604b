package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes no more in the middle of a file: one sentence, and nothing that a later run trips over. A limit to
 * the size of files stands for the disk, since anyone may set one, and the system then fails the same write in the same
 * way; only its words differ. {@code foreign/no-space} fills a real disk.
 */
@Tag("packaged")
class FullDiskTest {
    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private Path large = Path.of("");

    @BeforeEach
    void init() throws Exception {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        // the rehearsal of the first start writes a large file, which no limit may cut off: it would never be repeated
        LauncherProcess.Result first =
                LauncherProcess.run(directory, TestRepo.environment(cli), TestRepo.command("version"));
        assertEquals(0, first.exit(), first.err());
        byte[] bytes = new byte[300_000];
        new Random(4711).nextBytes(bytes);
        large = Files.write(directory.resolve("large"), bytes);
    }

    @Test
    void aConfigThatDoesNotFitStaysAsItWas() throws Exception {
        String config = Files.readString(cli.repo().resolve("config"));
        Set<String> before = names(cli.repo());
        assertFull("cannot write " + cli.repo().resolve("config"), 1, "config", "Datastore.StorageMax", "20GB");
        assertEquals(config, Files.readString(cli.repo().resolve("config")));
        assertEquals(before, names(cli.repo()));
        assertEquals("", cli.run("config", "Datastore.StorageMax", "20GB").err());
    }

    @Test
    void aBlockThatDoesNotFitIsNotThere() throws Exception {
        assertFull("cannot write " + cli.repo().resolve("blocks"), 200, "add", "-Q", large.toString());
        assertEquals(Set.of(), names(cli.repo().resolve("blocks/.temp")));
        assertAddedNow("");
    }

    @Test
    void aPinThatDoesNotFitIsWrittenNextTime() throws Exception {
        Path small = Files.writeString(directory.resolve("small"), "small");
        assertFull("", 1, "add", "-Q", "--pin-name=" + "n".repeat(250), small.toString());
        assertAddedNow(
                "Warning: a change of pins was cut short: their indexes were compared with the records (records: 2,"
                        + " put right: 1)\n");
        assertEquals(0, cli.run("add", "-Q", small.toString()).exit());
    }

    private void assertAddedNow(String warning) throws IOException {
        Cli.Result added = cli.run("add", "-Q", large.toString());
        assertEquals(warning, added.err());
        assertEquals(0, cli.run("cat", added.out().strip()).exit());
        assertArrayEquals(Files.readAllBytes(large), cli.lastOutput());
        for (String cid : cli.run("refs", "local").out().lines().toList()) {
            assertEquals(0, cli.run("block", "get", cid).exit(), cid);
        }
    }

    /** Runs with files limited to so many times 512 bytes. */
    private void assertFull(String sentence, int limit, String... arguments) throws Exception {
        Map<String, String> environment = TestRepo.environment(cli);
        environment.put("S3DS_JAVA_OPTIONS", "-XX:-UsePerfData"); // a file of Java's own
        String launch = Stream.concat(Stream.of(LauncherProcess.launcher().toString()), Stream.of(arguments))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        LauncherProcess.Result result = LauncherProcess.run(
                directory, environment, List.of("sh", "-c", "ulimit -f " + limit + "; exec " + launch));
        assertTrue(result.err().startsWith("Error: " + sentence), result.err());
        assertTrue(result.err().endsWith(": File too large\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.exit());
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
