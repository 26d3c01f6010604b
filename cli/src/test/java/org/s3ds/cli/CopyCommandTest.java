package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.HashFunction;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.Repo;

/** Blocks copied between folders, buckets and CARs, and what is refused, told and left behind. */
final class CopyCommandTest {
    private static final int BLOCKS = 300;
    private static final int ALL = BLOCKS + 3;
    private static final int LARGEST = 2 << 20;

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private FlatfsFolderOfTest source;

    @BeforeAll
    static void makeBuckets() throws IOException {
        server.bucket("one");
        server.bucket("two");
    }

    @BeforeEach
    void begin() throws IOException {
        cli = server.user(directory)
                .with("XDG_STATE_HOME", directory.resolve("state").toString());
        source = FlatfsFolderOfTest.make(directory.resolve("blocks"));
        for (int i = 0; i < BLOCKS; i++) {
            source.add(("block " + i).getBytes(StandardCharsets.UTF_8));
        }
        byte[] large = new byte[LARGEST];
        new Random(1).nextBytes(large);
        source.add(large);
        source.add(new byte[0]);
        source.add(HashFunction.byName("sha2-512").orElseThrow(), "long name".getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("blocks/.temp/temp-1"), "half a bl");
        Files.writeString(
                directory.resolve("blocks/diskUsage.cache"), "{\"diskUsage\":5,\"accuracy\":\"initial-exact\"}");
        Files.writeString(directory.resolve("blocks/notes.txt"), "foreign");
        source.write("NOBLOCK", new byte[3]);
    }

    private Cli.Result copy(String... words) {
        return run("copy", words);
    }

    private Cli.Result run(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(words));
        return cli.run(server.reaching(all.toArray(String[]::new)));
    }

    private Map<?, ?> counts(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        Cli.Result result = copy(all.toArray(String[]::new));
        assertEquals(0, result.exit(), result.err());
        return (Map<?, ?>)
                Objects.requireNonNull(Json.parse(result.out().getBytes(StandardCharsets.UTF_8), "the answer"));
    }

    @Test
    void blocksGoFromPlaceToPlaceUnchangedAndTheSourceIsNotTouched() throws IOException {
        Map<String, String> before = source.files();
        Map<?, ?> counts = counts("blocks", "s3://one/a");
        assertEquals((long) ALL, counts.get("Copied"));
        assertEquals(1L, counts.get("Foreign"));
        assertEquals(List.of("NOBLOCK"), counts.get("FirstForeign"));
        assertEquals(before, source.files());
        assertEquals((long) ALL, counts("s3://one/a", "s3://two/b/c").get("Copied"));
        assertEquals((long) ALL, counts("s3://two/b/c", "back").get("Copied"));
        Map<String, String> expected = source.blocks();
        expected.keySet().removeIf(name -> name.endsWith("NOBLOCK.data"));
        assertEquals(expected, new FlatfsFolderOfTest(directory.resolve("back")).blocks());
        assertEquals((long) ALL, counts("s3://one/a", "all.car").get("Copied"));
        assertEquals((long) ALL, counts("all.car", "again").get("Copied"));
        assertEquals(expected, new FlatfsFolderOfTest(directory.resolve("again")).blocks());
        assertEquals(0, run("diff", "again", "s3://two/b/c").exit());
    }

    @Test
    void aSecondCopySendsWhatIsMissingAlone() throws IOException {
        counts("blocks", "s3://one/second");
        source.add("new".getBytes(StandardCharsets.UTF_8));
        Map<?, ?> counts = counts("blocks", "s3://one/second");
        assertEquals(1L, counts.get("Copied"));
        assertEquals((long) ALL, counts.get("Present"));
    }

    @Test
    void aDryRunSaysHowMuchAndMakesNothing() throws IOException {
        for (String target : List.of("new", "new.car", "s3://one/dry")) {
            Cli.Result result = copy("--dry-run", "blocks", target);
            assertEquals(0, result.exit(), result.err());
            assertTrue(result.out().startsWith("to be copied: 303 blocks, 2.00 MiB\n"), result.out());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of("blocks", "secret"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertFalse(Files.exists(server.folder().resolve("one/dry")));
    }

    @Test
    void aDamagedBlockIsNamedAndTheOthersAreCopied() throws IOException {
        String name = FlatfsFolderOfTest.name(HashFunction.SHA2_256, "good".getBytes(StandardCharsets.UTF_8));
        Path file = source.write(name, "bad".getBytes(StandardCharsets.UTF_8));
        Cli.Result result = copy("blocks", "s3://one/damaged");
        assertEquals(1, result.exit());
        assertTrue(
                result.err().startsWith("Warning: block in storage has different hash than requested: "), result.err());
        assertTrue(result.err().contains(name), result.err());
        assertTrue(result.err().contains("Error: 1 block could not be copied, and all others were: "), result.err());
        assertTrue(result.out().startsWith("copied: 303 blocks, "), result.out());
        assertFalse(Files.exists(server.folder().resolve("one/damaged").resolve(name)));
        assertEquals(0, copy("--skip-corrupt", "blocks", "s3://one/damaged").exit());
        Cli.Result car = copy("blocks", "x.car");
        assertEquals(1, car.exit());
        assertTrue(car.err().contains("x.car was not written, as blocks would be missing from it"), car.err());
        assertFalse(Files.exists(directory.resolve("x.car")));
        assertTrue(Files.exists(file));
    }

    @Test
    void whatARepoHasClaimedIsNotWrittenTo() {
        Cli.Result init = run("init", "--bucket", "two", "--root-directory", "claimed");
        assertEquals(0, init.exit(), init.err());
        for (List<String> words : List.of(List.of("blocks"), List.of("--dry-run", "blocks"))) {
            List<String> all = new ArrayList<>(words);
            all.add("s3://two/claimed");
            Cli.Result result = copy(all.toArray(String[]::new));
            assertEquals(1, result.exit());
            assertTrue(result.err().contains("is claimed by the repo "), result.err());
            assertTrue(result.err().contains("name another root directory, or use \"s3ds migrate\""), result.err());
        }
        assertEquals(0, copy("s3://two/claimed", "fromrepo").exit(), "reading takes nothing away");
        assertEquals(0, run("diff", "repo", "fromrepo").exit());
    }

    @Test
    void aFolderOfSomethingElseIsNotWrittenTo() throws IOException {
        Files.createDirectory(directory.resolve("photos"));
        Files.writeString(directory.resolve("photos/one.jpg"), "image");
        refused("has files, but no file SHARDING, so that it is no flatfs folder", "blocks", "photos");
        refused(
                "is there already",
                "blocks",
                Files.createFile(directory.resolve("old.car")).toString());
        refused("no such file or directory", "none.car", "target");
        refused("nowhere: no such file or directory", "nowhere", "target");
        assertFalse(Files.exists(directory.resolve("target")));
        Files.createDirectory(directory.resolve("above"));
        FlatfsFolderOfTest.make(directory.resolve("above/blocks"));
        refused("is a repo: its blocks are in", "above", "target");
    }

    @Test
    void whatIsNoPlaceIsRefused() {
        refused("is no place for blocks", "blocks", "http://one/a");
        refused("keys are given with options", "blocks", "s3://AKIA:secret@one/a");
        refused("keys are given with options", "blocks", "s3://one/a?accessKey=AKIA");
        refused("is copied from and to", "blocks", "blocks");
        Cli.Result noRegion = cli.run("copy", "blocks", "s3://one/a");
        assertTrue(noRegion.err().contains("s3://one/a needs its region"), noRegion.err());
    }

    private void refused(String sentence, String from, String to) {
        Cli.Result result = copy(from, to);
        assertEquals(1, result.exit());
        assertTrue(result.err().contains(sentence), result.err());
    }

    @Test
    void theServerOfTheSourceMayBeAnother() throws IOException {
        counts("blocks", "s3://one/apart");
        Cli.Result result = cli.run(
                "copy",
                "s3://one/apart?region=us-east-1",
                "apart",
                "--endpoint",
                "http://127.0.0.1:1",
                "--from-endpoint",
                server.endpoint().toString(),
                "--from-access-key",
                server.accessKey(),
                "--from-secret-key-file",
                "secret");
        assertEquals(0, result.exit(), result.err());
    }

    @Test
    void aCopyIsWrittenDownUntilItIsDone() throws IOException {
        source.write("CIQ" + "A".repeat(52), "bad".getBytes(StandardCharsets.UTF_8));
        assertEquals(1, copy("blocks", "s3://one/written").exit());
        Path journal = file(".json");
        String text = Files.readString(journal);
        assertTrue(text.contains("\"version\":1"), text);
        assertTrue(text.contains("\"to\":\"s3://one/written at " + server.endpoint()), text);
        assertFalse(text.contains(server.secretKey()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)));
        Cli.Result again = copy("--skip-corrupt", "blocks", "s3://one/written");
        assertTrue(again.err().startsWith("Note: this copy was begun at "), again.err());
        assertFalse(Files.exists(journal));
    }

    @Test
    void oneCopyToAPlaceRunsAtATime() throws IOException {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                System.out,
                System.err,
                directory,
                cli.environment(),
                false,
                false,
                false);
        String to = "s3://one/once at " + server.endpoint();
        try (CopyJournal held =
                CopyJournal.begin(terminal, List.of(source.path().toString()), to, InstantSource.system())) {
            assertTrue(held.before().isEmpty());
            refused("another copy to s3://one/once", "blocks", "s3://one/once");
            Files.createDirectory(directory.resolve("more"));
            refused("another copy to s3://one/once", "more", "s3://one/once");
            assertEquals(0, copy("blocks", "s3://one/other").exit());
        }
        assertEquals(0, copy("blocks", "s3://one/once").exit());
    }

    @Test
    void theFolderOfARepoIsWrittenToUnderItsLock() throws IOException {
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        Repo.alone(cli.repo(), cli.environment(), () -> {
            refused("lock", "blocks", "repo/blocks");
            return "";
        });
        Cli.Result result = copy("blocks", "repo/blocks");
        assertEquals(0, result.exit(), result.err());
        assertEquals(0, cli.run("repo", "verify").exit());
        assertEquals((long) ALL, counts("blocks", "./repo/blocks").get("Present"));
    }

    @Test
    void differencesArePrintedAndMakeTheExitCode() throws IOException {
        counts("blocks", "s3://one/different");
        byte[] more = "more".getBytes(StandardCharsets.UTF_8);
        source.add(more);
        String name = FlatfsFolderOfTest.name(HashFunction.SHA2_256, more);
        Cli.Result result = run("diff", "blocks", "s3://one/different");
        assertEquals(1, result.exit());
        assertEquals("< " + name + " 4\n", result.out());
        assertEquals(
                "Error: 1 in " + source.path() + " alone, 0 in s3://one/different alone, 0 with different sizes, " + ALL
                        + " the same\n",
                result.err());
        Cli.Result asJson = run("diff", "s3://one/different", "blocks", "--json");
        assertEquals(
                "{\"Name\":\"" + name + "\",\"Second\":4}\n" + "{\"Same\":" + ALL
                        + ",\"FirstAlone\":0,\"SecondAlone\":1,\"DifferentSizes\":0}\n",
                asJson.out());
    }

    private Path file(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("state/s3ds/copy"))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
