package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.s3ds.s3.S3StoreType;

/** What users of a repo see when its index, the repo itself or its bucket is not as it was left. */
class HarmedIndexTest {
    @TempDir
    private Path directory;

    private final MemoryMetrics metrics = new MemoryMetrics();
    private Cli cli = new Cli(Path.of(""));
    private TestBucket bucket;

    TestBucket bucket(Path folder) throws IOException {
        return TestBucket.embedded(folder);
    }

    @BeforeEach
    void init() throws IOException {
        bucket = bucket(directory.resolve("server"));
        cli = new Cli(directory).counting(metrics);
        Map<String, Object> spec = new TreeMap<>(bucket.spec("node1"));
        spec.put("access", "exclusive");
        TestRepo.init(cli, spec);
        run(cli, "index", "rebuild");
    }

    @AfterEach
    void close() throws IOException {
        bucket.close();
    }

    private static String run(Cli user, String... words) {
        Cli.Result result = user.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    private static String put(Cli user, String text) {
        Cli.Result result = user.pipe(text.getBytes(UTF_8), "block", "put");
        assertEquals(0, result.exit(), result.err());
        return result.out().strip();
    }

    private static void assertPutIsRefused(Cli user, String words) {
        Cli.Result refused = user.pipe("refused".getBytes(UTF_8), "block", "put");
        assertEquals(1, refused.exit(), refused.out());
        assertTrue(refused.firstErrorLine().contains(words), refused.err());
    }

    private static boolean isThere(Cli user, String cid) {
        Cli.Result stat = user.run("block", "stat", cid);
        assertTrue(stat.exit() == 0 || stat.err().contains("block was not found locally"), stat.err());
        return stat.exit() == 0;
    }

    private static void assertAgreesWithTheBucket(Cli user) {
        assertTrue(run(user, "index", "verify").endsWith(": 0 differences\n"));
    }

    private static String nameOf(String cid) throws IOException {
        return Multibase.BASE32_UPPER.encode(Cid.parse(cid).hash().toBytes()).substring(1);
    }

    /** Does what a lifecycle rule does, or somebody with another program. */
    private void deleteObject(String cid) throws IOException {
        StoreContext context = new StoreContext(directory, Metrics.none(), Map.of());
        try (Datastore all =
                new S3StoreType().parse(new HashMap<>(bucket.spec(""))).open(context)) {
            all.delete(Key.of("/node1").child(nameOf(cid)));
        }
    }

    @Test
    void aLogThatWasCutIsNoticedAndTheBucketIsAsked() throws Exception {
        String deleted = put(cli, "deleted");
        deleteObject(deleted);
        assertTrue(isThere(cli, deleted), "nobody can notice that without asking");
        String last = put(cli, "last");
        cutLog();
        assertEquals(false, isThere(cli, deleted));
        assertTrue(isThere(cli, last));
        assertEquals(deleted, put(cli, "deleted"));
        assertEquals("deleted", run(cli, "block", "get", deleted));
        assertAgreesWithTheBucket(cli);
    }

    @Test
    void whereEveryLogIsEmptyNothingIsBelievedThatWasDeleted() throws Exception {
        String deleted = put(cli, "deleted");
        run(cli, "index", "rebuild"); // so that the entry lies in a sorted file
        run(cli, "block", "rm", deleted);
        String kept = put(cli, "kept");
        try (Stream<Path> files = Files.walk(cli.repo().resolve("index"))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.write(log, new byte[0]);
            }
        }
        assertEquals(List.of(true, false), there(cli, kept, deleted));
        assertEquals(deleted, put(cli, "deleted"));
        assertEquals("deleted", run(cli, "block", "get", deleted));
        assertAgreesWithTheBucket(cli);
    }

    /** As a disk does that lost what it was sent last. */
    private void cutLog() throws IOException {
        Path log;
        try (Stream<Path> files = Files.walk(cli.repo().resolve("index"))) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        assertTrue(Files.size(log) > 1, log + " is empty");
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(log) / 2);
        }
    }

    @Test
    void ofARepoAndItsCopyNeitherBelievesWhatTheOtherHasOvertaken() throws Exception {
        String kept = put(cli, "kept");
        String removed = put(cli, "removed");
        Cli copy = copied();
        run(cli, "block", "rm", removed);
        String later = put(cli, "later");
        assertEquals(List.of(true, false, true), there(copy, kept, removed, later));
        assertEquals(refs(cli), refs(copy));
        assertPutIsRefused(copy, "one of the two was copied, or restored from a backup");
        assertTrue(run(cli, "index", "status", "--json").contains("\"State\": \"complete\""));

        run(copy, "claim", "take", "--yes");
        run(copy, "block", "rm", kept);
        String ofTheCopy = put(copy, "of the copy");
        assertEquals(List.of(false, false, true, true), there(copy, kept, removed, later, ofTheCopy));
        assertAgreesWithTheBucket(copy);
        assertEquals(List.of(false, false, true, true), there(cli, kept, removed, later, ofTheCopy));
        assertPutIsRefused(cli, "one of the two was copied, or restored from a backup");
    }

    private static List<Boolean> there(Cli user, String... cids) {
        return Stream.of(cids).map(cid -> isThere(user, cid)).toList();
    }

    private static Set<String> refs(Cli user) {
        return run(user, "refs", "local").lines().collect(Collectors.toSet());
    }

    private Cli copied() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("copy"));
        Process copy = new ProcessBuilder("cp", "-a", cli.repo().toString(), folder.toString()).start();
        assertEquals(0, copy.waitFor());
        return new Cli(folder);
    }

    @Test
    void anObjectThatVanishedIsNamedAndCountedAndTheNextPutIsSent() throws Exception {
        String cid = put(cli, "hello");
        deleteObject(cid);
        Cli.Result gone = cli.run("block", "get", cid);
        assertEquals(1, gone.exit());
        String object = bucket.spec("").get("bucket") + "/node1/" + nameOf(cid);
        assertTrue(gone.err().contains("the object " + object + " vanished from the bucket"), gone.err());
        assertEquals(
                List.of(1L),
                List.copyOf(metrics.counters("s3ds.index_vanished", "store").values()));
        assertEquals(false, isThere(cli, cid));
        assertEquals(cid, put(cli, "hello"));
        assertEquals("hello", run(cli, "block", "get", cid));
        assertAgreesWithTheBucket(cli);
    }
}
