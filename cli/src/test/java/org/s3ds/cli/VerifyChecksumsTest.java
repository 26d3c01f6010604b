package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multibase;
import org.s3ds.s3.S3Config;

/** What {@code verify --sizes} makes of the checksums that a server keeps, and what asking for them costs. */
class VerifyChecksumsTest {
    /** The folder's node and that of init, which have links or may have. */
    private static final long NODES = 2;

    /** One for the checksums, one for the index, one for what roots need. */
    private static final long LISTS = 3;

    private static final int FILES = 40;

    @TempDir
    private Path directory;

    private final MemoryMetrics metrics = new MemoryMetrics();
    private Map<String, Long> before = Map.of();
    private Cli cli = new Cli(Path.of(""));
    private TestBucket bucket;

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(directory).counting(metrics);
        bucket = TestBucket.embedded(directory.resolve("server"));
    }

    @AfterEach
    void stop() throws IOException {
        bucket.close();
    }

    private Map<String, Object> spec(String rootDirectory, String checksum, String access) {
        Map<String, Object> spec = new HashMap<>(bucket.spec(rootDirectory));
        spec.put("checksum", checksum);
        spec.put("access", access);
        return spec;
    }

    /** A repo with a folder of files, a block each; gives the first one's. */
    private Cid lay(String checksum, String access) throws IOException {
        TestRepo.init(cli, spec("node1", checksum, access));
        Path folder = Files.createDirectories(directory.resolve("files"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(folder.resolve("file" + i), "file " + i);
        }
        Cli.Result added = cli.run("add", "-Q", "-r", "--cid-version=1", "files");
        assertEquals(0, added.exit(), added.err());
        Cid cid = Cid.parse(cli.run("add", "-Q", "--cid-version=1", "--only-hash", "files/file0")
                .out()
                .strip());
        requests();
        return cid;
    }

    private static String name(Cid cid) {
        return Multibase.BASE32_UPPER.encode(cid.hash().toBytes()).substring(1);
    }

    /** Puts an object and its checksum in the place of a block, as somebody may who sees no block in it. */
    private void replace(Cid cid, String content) throws IOException {
        StoreContext context = new StoreContext(directory, Metrics.none(), Map.of());
        try (Datastore store =
                S3Config.parse(new HashMap<>(spec("", "sha256", "shared"))).open(context)) {
            store.put(Key.of("/node1/" + name(cid)), content.getBytes(UTF_8));
        }
    }

    /** The requests by kind since the last call. */
    private Map<String, Long> requests() {
        SortedMap<String, Long> now = metrics.counters("s3ds.requests", "operation");
        Map<String, Long> more = new TreeMap<>();
        now.forEach((kind, count) -> more.merge(kind, count - before.getOrDefault(kind, 0L), Long::sum));
        more.values().removeIf(count -> count == 0);
        before = now;
        return more;
    }

    private static long blocks() {
        return FILES + NODES;
    }

    @Test
    void whereTheSpecHasEachKeptAllAreProvedForAHeadEach() throws Exception {
        lay("sha256", "shared");
        Cli.Result result = cli.run("verify", "--sizes");
        assertEquals(Map.of("list", LISTS, "head", blocks(), "get", NODES), requests());
        assertEquals(0, result.exit(), result.err());
        assertTrue(
                result.out()
                        .contains("no block was read but those with links, 42 of 42 proved by the checksum that the"
                                + " store keeps; 42 needed by pins and files, 0 of them missing"),
                result.out());
        String json = cli.run("verify", "--sizes", "--json").out();
        assertTrue(json.contains("\"Asked\":42,\"Proved\":42,\"Unproved\":0,"), json);
    }

    @Test
    void anotherChecksumIsACorruptBlockAndARepairMendsIt() throws Exception {
        Cid file = lay("sha256", "shared");
        Path copy = directory.resolve("copy.car");
        assertEquals(0, cli.run("dag", "export", file.toString()).exit());
        Files.write(copy, cli.lastOutput());
        replace(file, "elif 0");
        requests();
        Cli.Result found = cli.run("verify", "--sizes");
        assertEquals(Map.of("list", LISTS, "head", blocks(), "get", NODES + 2), requests(), "it is read twice");
        assertEquals(1, found.exit());
        assertTrue(found.out().startsWith("corrupt    " + file + " (the object "), found.out());
        assertTrue(found.out().contains("/node1/" + name(file) + "): "), found.out());
        assertTrue(found.out().contains("41 of 42 proved"), found.out());
        Cli.Result repaired = cli.run("verify", "--sizes", "--repair-from", copy.toString());
        assertEquals(0, repaired.exit(), repaired.err());
        assertTrue(repaired.out().contains("; 1 repaired"), repaired.out());
        assertTrue(cli.run("verify", "--sizes").out().contains("42 of 42 proved"));
    }

    @Test
    void anotherChecksumAndLengthIsATruncatedBlockWhereThereIsAnIndex() throws Exception {
        Cid file = lay("sha256", "exclusive");
        replace(file, "fil");
        Cli.Result found = cli.run("verify", "--sizes");
        assertEquals(1, found.exit());
        assertTrue(found.out().startsWith("truncated  " + file + " (the object "), found.out());
        assertTrue(found.out().contains("it has 3 bytes, and had 6"), found.out());
    }

    @Test
    void whereNoneIsKeptAFewAreAskedAboutAndNoMore() throws Exception {
        lay("none", "shared");
        Cli.Result result = cli.run("verify", "--sizes");
        assertEquals(Map.of("list", LISTS, "head", 32L, "get", NODES), requests());
        assertEquals(0, result.exit(), result.err());
        assertTrue(
                result.out()
                        .contains("no block was read but those with links, the store keeps no checksums of the 32"
                                + " that it was asked about;"),
                result.out());
    }

    @Test
    void whereOneOfTheFewIsKeptAllAreAskedAbout() throws Exception {
        lay("none", "shared");
        Cid first = first();
        replace(first, cli.run("block", "get", first.toString()).out());
        requests();
        Cli.Result result = cli.run("verify", "--sizes");
        assertEquals(Map.of("list", LISTS, "head", blocks(), "get", NODES), requests());
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("1 of 42 proved by the checksum that the store keeps;"), result.out());
    }

    /** The file's block whose name is the first. */
    private Cid first() throws IOException {
        SortedMap<String, Cid> byName = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            Cid cid = Cid.parse(cli.run("add", "-Q", "--cid-version=1", "--only-hash", "files/file" + i)
                    .out()
                    .strip());
            byName.put(name(cid), cid);
        }
        return byName.firstEntry().getValue();
    }
}
