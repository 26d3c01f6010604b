package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.embedded.EmbeddedS3;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multihash;

/** {@code repo gc}: what it prints, and what becomes of Kubo's own repos. */
class RepoGcTest {
    private static final Map<String, Object> FLATFS = Map.of(
            "type", "flatfs", "path", "blocks", "sync", true, "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2");

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void begin() {
        cli = new Cli(directory);
    }

    private String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    private String put(String text) {
        return cli.pipe(text.getBytes(StandardCharsets.UTF_8), "block", "put")
                .out()
                .strip();
    }

    private Set<Multihash> hashes(String... words) throws FormatException {
        Set<Multihash> hashes = new HashSet<>();
        for (String line : run(words).lines().toList()) {
            Cid cid = Cid.parse(line);
            if (!cid.isIdentity()) {
                hashes.add(cid.hash());
            }
        }
        return hashes;
    }

    @Test
    void kubosRepoOnFilesKeepsWhatIsKept() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        fixture.unpack(cli.repo());
        assertCollected(fixture);
    }

    @Test
    void kubosRepoOnS3IsCollectedOnceItIsTheRepos(@TempDir Path buckets) throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-s3");
        fixture.unpack(cli.repo());
        Path bucket = Files.createDirectories(buckets.resolve("peergos-test"));
        Files.move(cli.repo().resolve("bucket/node1"), bucket.resolve("node1"));
        try (EmbeddedS3 server = EmbeddedS3.start(buckets)) {
            Path config = cli.repo().resolve("config");
            String text = Files.readString(config)
                    .replaceFirst("http://127.0.0.1:[0-9]+", server.endpoint().toString())
                    .replace("\"accessKey\": \"fixture\"", "\"accessKey\": \"" + server.accessKey() + "\"")
                    .replace("\"fixture-secret\"", "\"" + server.secretKey() + "\"");
            Files.writeString(config, text);
            Set<Multihash> before = hashes("refs", "local");
            Cli.Result refused = cli.run("repo", "gc");
            assertEquals("", refused.out());
            assertEquals(1, refused.exit());
            assertTrue(refused.err().contains("s3ds claim take"), refused.err());
            run("repo", "gc", "--dry-run");
            assertEquals(before, hashes("refs", "local"));
            Files.writeString(config, text.replaceFirst("\"accessKey\"", "\"access\": \"exclusive\", \"accessKey\""));
            assertCollected(fixture);
        }
    }

    private void assertCollected(KuboFixture fixture) throws IOException {
        Map<String, Object> pins = fixture.pins();
        assertOnlyKeptBlocksStay(fixture);
        String unpinned = pins.keySet().stream()
                .filter(cid -> String.valueOf(pins.get(cid)).contains("quarterly report"))
                .findFirst()
                .orElseThrow();
        run("pin", "rm", unpinned);
        Set<Multihash> gone = assertOnlyKeptBlocksStay(fixture);
        assertTrue(gone.contains(Cid.parse(unpinned).hash()), "the only block of the pin");
        assertEquals("", run("repo", "gc"));
        assertEquals("", run("pin", "verify"));
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")));
    }

    /** Collects, and returns what was removed. */
    private Set<Multihash> assertOnlyKeptBlocksStay(KuboFixture fixture) throws IOException {
        Set<Multihash> kept = hashes("pin", "ls", "-q", "--type=all");
        kept.addAll(hashes("refs", "-r", fixture.filesRoot()));
        kept.add(Cid.parse(fixture.filesRoot()).hash());
        Set<Multihash> before = hashes("refs", "local");
        Set<Multihash> removed = hashes("repo", "gc", "-q");
        Set<Multihash> expected = new HashSet<>(before);
        expected.removeAll(kept);
        assertEquals(expected, removed);
        before.removeAll(removed);
        assertEquals(before, hashes("refs", "local"));
        return removed;
    }

    @Test
    void linesAreKubos() throws Exception {
        TestRepo.init(cli, FLATFS);
        String cid = put("garbage");
        assertEquals(
                "would remove %s\nwould remove 1 of 2 blocks (7 B); nothing was removed\n".formatted(cid),
                run("repo", "gc", "--dry-run"));
        assertEquals("removed " + cid + "\n", run("repo", "gc"));
        put("garbage");
        assertEquals(cid + "\n", run("repo", "gc", "-q"));
        put("garbage");
        assertEquals("", run("repo", "gc", "--silent"));
        put("garbage");
        assertEquals("{\"Key\":{\"/\":\"" + cid + "\"}}\n", run("repo", "gc", "--enc=json"));
        put("garbage");
        String sums = run("repo", "gc", "--json");
        assertTrue(
                sums.startsWith("{\"DryRun\":false,\"Marked\":1,\"Read\":1,\"Listed\":2,\"NoBlocks\":0,\"Removed\":1,"
                        + "\"RemovedBytes\":7,\"NotRemoved\":0,\"InUse\":0,\"TooYoung\":0,\"MarkMillis\":"),
                sums);
        assertEquals("", run("repo", "gc"));
        String usage = Files.readString(cli.repo().resolve("s3ds/usage.json"));
        assertTrue(usage.replace(" ", "").contains("\"blocks\":1,"), usage);
    }

    @Test
    void onlyWhatIsOldEnoughGoes() {
        TestRepo.init(cli, FLATFS);
        String cid = put("garbage");
        assertEquals("", run("repo", "gc", "--min-age=1h"));
        assertEquals("7\n", run("block", "stat", cid).replaceAll("(?s).*Size: ", ""));
        for (String wrong : List.of("yesterday", "-1h", "0")) {
            Cli.Result result = cli.run("repo", "gc", "--min-age=" + wrong);
            assertEquals(1, result.exit());
            assertEquals(
                    "Error: invalid --min-age \"%s\": a duration above 0 is expected, such as 24h or 30m"
                            .formatted(wrong),
                    result.firstErrorLine());
        }
    }

    @Test
    void aMissingBlockStopsItInKubosWords() throws Exception {
        TestRepo.init(cli, FLATFS);
        Path tree = Files.createDirectories(directory.resolve("tree/below"));
        Files.writeString(tree.resolve("file"), "content");
        List<String> added = run(
                        "add",
                        "-r",
                        "-q",
                        "--cid-version=1",
                        "--raw-leaves=false",
                        directory.resolve("tree").toString())
                .lines()
                .toList();
        String lost = added.getFirst();
        String root = added.getLast();
        put("garbage");
        String name =
                Multibase.BASE32_UPPER.encode(Cid.parse(lost).hash().toBytes()).substring(1);
        Files.delete(cli.repo()
                .resolve("blocks")
                .resolve(name.substring(name.length() - 3, name.length() - 1))
                .resolve(name + ".data"));
        Set<Multihash> before = hashes("refs", "local");
        String links = "could not retrieve links for " + lost + ": could not tell what the pin " + root
                + " keeps: block was not found locally (offline): ipld: could not find " + lost + " (at " + root
                + "/below/file)";
        String aborted = "garbage collection aborted: could not retrieve some links";
        Cli.Result result = cli.run("repo", "gc");
        assertEquals("Error: " + links + "; " + aborted + "\n", result.err());
        assertEquals("", result.out());
        assertEquals(1, result.exit());
        Cli.Result streamed = cli.run("repo", "gc", "--stream-errors");
        assertEquals("Error: " + links + "\nError: " + aborted + "\n", streamed.out());
        assertEquals("Error: encountered errors during gc run\n", streamed.err());
        assertEquals(1, streamed.exit());
        assertEquals(before, hashes("refs", "local"));
        assertEquals(1, cli.run("repo", "gc", "--dry-run").exit());
    }

    @Test
    void aLineSaysHowFarItIs() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        long[] now = {0};
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        Terminal watched =
                new Terminal(InputStream.nullInputStream(), out, out, directory, Map.of(), false, true, false);
        try (GcProgress progress = new GcProgress(
                Optional.of(watched), OptionalLong.of(4_000), () -> OptionalLong.of(1_234), () -> now[0])) {
            now[0] = 2_000_000_000L;
            progress.marked(1_000, 10, 2_048);
            progress.listed(1);
            now[0] = 4_000_000_000L;
            progress.removed(3_072);
            progress.listed(2_000);
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        Set<String> lines = Set.copyOf(Arrays.asList(text.split("\r\u001b\\[2K", -1)));
        assertEquals(
                Set.of(
                        "",
                        "marked 1,000 blocks, read 10 (2.00 KiB), 500/s, 1,234 requests",
                        "listed 2,000 blocks, removed 1 (3.00 KiB), 1,000/s, 0:02 left, 1,234 requests"),
                lines);
    }
}
