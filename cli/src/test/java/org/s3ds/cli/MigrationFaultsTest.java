package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Metrics;
import org.s3ds.embedded.EmbeddedS3;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multibase;
import org.s3ds.node.Node;

/**
 * Migrations whose target is full, may only be read, forgets our keys, or is gone: one sentence, the repo is as it was
 * and can be used, and {@code resume} ends it once that is mended.
 */
final class MigrationFaultsTest {
    private static final int BLOCKS = 60;

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    private static int buckets;

    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));
    private String bucket = "";
    private FaultyProxy proxy;
    private String root = "";
    private String specBefore = "";
    private int files;

    @BeforeEach
    void begin() throws Exception {
        cli = server.user(directory);
        bucket = server.bucket("faults" + ++buckets);
        proxy = new FaultyProxy(server.endpoint());
        ok("init", "--profile=flatfs");
        for (int i = 0; i < BLOCKS; i++) {
            Files.writeString(Files.createDirectories(directory.resolve("many")).resolve("file" + i), "content " + i);
        }
        root = ok("add", "-r", "-Q", "many").strip();
        specBefore = diskSpec();
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
    }

    /** MinIO, its quotas, VersityGW on a full disk, VersityGW's and Ceph's quotas. */
    @ParameterizedTest
    @CsvSource({
        "507, XMinioStorageFull",
        "400, XMinioAdminBucketQuotaExceeded",
        "507, InsufficientStorage",
        "403, QuotaExceeded"
    })
    void aTargetThatIsFullIsToldInASentenceAndResumeEndsIt(int status, String code) throws Exception {
        proxy.behave(FaultyProxy.fullAfter(20, status, code));
        String sentence = assertStopped(migrate());
        assertTrue(sentence.contains("has no room left"), sentence);
        assertTrue(sentence.contains(", 1 attempt, "), sentence);
        assertFalse(objects().isEmpty());
        proxy.behave(FaultyProxy.NONE);
        assertEnds("migrate", "resume");
    }

    @Test
    void aTargetThatMayOnlyBeReadIsToldBeforeAnythingIsBegun() throws Exception {
        proxy.behave(FaultyProxy.readOnly());
        String[] plan = words("--dry-run");
        for (String[] words : List.of(words(), plan)) {
            String sentence = assertStopped(cli.run(words));
            assertTrue(sentence.contains(" denies it; check the keys, and that they are allowed to do this"), sentence);
            assertTrue(sentence.contains("(put "), sentence);
        }
        assertEquals("this repo has no migration\n", ok("migrate", "status"));
    }

    @Test
    void aTargetThatMayOnlyBeReadIsNotTheReposThoughItHasAllBlocks() throws Exception {
        ok(server.reaching("copy", "repo", "s3://" + bucket + "/node1"));
        proxy.behave(FaultyProxy.readOnly());
        assertStopped(migrate("--access", "exclusive"));
        assertEquals("this repo has no migration\n", ok("migrate", "status"));
        proxy.behave(FaultyProxy.NONE);
        assertEnds(words("--access", "exclusive"));
    }

    /** Keys that expire, and keys that the server does not know any more. */
    @ParameterizedTest
    @CsvSource({"400, ExpiredToken", "403, InvalidAccessKeyId"})
    void newKeysEndAMigrationWhoseKeysExpired(int status, String code) throws Exception {
        proxy.behave(FaultyProxy.fullAfter(20, status, code));
        assertStopped(migrate());
        try (EmbeddedS3 next = EmbeddedS3.start(server.folder())) {
            proxy.leadTo(next.endpoint());
            proxy.behave(FaultyProxy.NONE);
            String unknown = assertStopped(cli.run("migrate", "resume"));
            assertTrue(unknown.contains("does not know the access key \"" + server.accessKey()), unknown);

            Files.writeString(directory.resolve("new-secret"), next.secretKey() + "\n");
            String said = assertEnds(
                    "migrate", "resume", "--access-key", next.accessKey(), "--secret-key-file", "new-secret");
            String config = Files.readString(cli.repo().resolve("config"));
            assertTrue(config.contains(next.accessKey()) && config.contains(next.secretKey()), "the new keys");
            assertFalse(config.contains(server.accessKey()) || config.contains(server.secretKey()), "the old keys");
            said += ok("migrate", "status") + ok("migrate", "status", "--json");
            said += Files.readString(cli.repo().resolve("s3ds/migrate/1/journal"));
            for (String secret : List.of(server.secretKey(), next.secretKey())) {
                assertFalse(said.contains(secret), "a secret was told");
            }
        }
    }

    @Test
    void newKeysOfABucketThatIsCopiedFromAreThoseOfTheConfig() throws Exception {
        assertEnds(words());
        proxy.behave(FaultyProxy.unreadableAfter(20, 403, "InvalidAccessKeyId"));
        Cli.Result stopped = cli.run("migrate", "--yes", "--to", "flatfs:others");
        assertEquals(1, stopped.exit());
        assertEquals(1, stopped.err().lines().count(), stopped.err());
        assertTrue(stopped.err().contains("does not know the access key"), stopped.err());
        try (EmbeddedS3 next = EmbeddedS3.start(server.folder())) {
            proxy.leadTo(next.endpoint());
            proxy.behave(FaultyProxy.NONE);
            Files.writeString(directory.resolve("new-secret"), next.secretKey() + "\n");
            Cli.Result unused =
                    cli.run("migrate", "resume", "--access-key", next.accessKey(), "--secret-key-file", "new-secret");
            assertEquals(1, unused.exit());
            assertTrue(unused.err().startsWith("Note: the keys that were given are not used"), unused.err());

            Path config = cli.repo().resolve("config");
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace(server.accessKey(), next.accessKey())
                            .replace(server.secretKey(), next.secretKey()));
            ok("migrate", "resume");
            assertTrue(diskSpec().contains("\"path\":\"others\""), diskSpec());
            ok("pin", "verify");
            ok("repo", "verify");
        }
    }

    @Test
    void aServerThatWasGoneForAWeekFindsTheRepoAsItIsThen() throws Exception {
        proxy.behave(FaultyProxy.once(30, proxy::stop));
        String sentence = assertStopped(migrate());
        assertTrue(sentence.contains("nothing answers at "), sentence);
        proxy.start();
        Set<String> before = keys();
        ok("pin", "rm", root);
        ok("repo", "gc");
        Files.writeString(directory.resolve("later"), "later");
        String later = ok("add", "-Q", "later").strip();
        assertFalse(keys().containsAll(before), "nothing was collected");
        assertEnds("migrate", "resume");
        assertEquals(keys(), objects());
        ok("cat", later);
    }

    @Test
    void connectionsThatBreakOffAreNoReasonToStop() throws Exception {
        proxy.behave(FaultyProxy.cutEach(5));
        assertEnds(words());
        assertEquals(keys(), objects());
    }

    @Test
    void noWayLeadsBackToAPlaceThatAnotherRepoHasByThen() throws Exception {
        assertEnds(words());
        ok("migrate", "--yes", "--to", "flatfs:others");
        specBefore = diskSpec();
        Cli other = server.user(Files.createDirectory(directory.resolve("other")));
        Cli.Result made = other.run(server.options("init", bucket, "--root-directory", "node1"));
        assertEquals(0, made.exit(), made.err());
        assertEquals(0, other.run("claim", "take", "--yes").exit());
        String sentence = assertRefused(cli.run("migrate", "revert"));
        assertTrue(sentence.contains("another repo"), sentence);
    }

    private String[] words(String... words) {
        List<String> all = new ArrayList<>(
                List.of("migrate", "--yes", "--to", "s3://" + bucket + "/node1?endpoint=" + proxy.endpoint()));
        all.addAll(Arrays.asList(words));
        return server.reaching(all.toArray(String[]::new));
    }

    private Cli.Result migrate(String... words) {
        return cli.run(words(words));
    }

    /** One sentence, no harm, and the repo takes more; gives the sentence. */
    private String assertStopped(Cli.Result result) throws IOException {
        String sentence = assertRefused(result);
        Files.writeString(directory.resolve("more"), "more " + ++files);
        ok("add", "-Q", "more");
        return sentence;
    }

    private String assertRefused(Cli.Result result) throws IOException {
        assertEquals(1, result.exit(), result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("Error: "), result.err());
        assertFalse(result.err().contains(server.secretKey()));
        assertEquals(specBefore, diskSpec());
        ok("pin", "verify");
        ok("cat", root + "/file7");
        return result.err();
    }

    /** Ends the migration; gives what it says. */
    private String assertEnds(String... words) throws Exception {
        Map<String, Integer> blocks = blocks();
        String said = ok(words);
        assertTrue(diskSpec().contains("\"bucket\":\"" + bucket + "\""), diskSpec());
        assertEquals(blocks, blocks());
        ok("pin", "verify");
        ok("repo", "verify");
        return said;
    }

    private Map<String, Integer> blocks() throws IOException {
        Map<String, Integer> blocks = new TreeMap<>();
        List<String> cids = ok("refs", "local").lines().toList();
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), TestRepo.environment(cli))) {
            for (String cid : cids) {
                blocks.put(
                        cid, Arrays.hashCode(node.blocks().get(Cid.parse(cid)).data()));
            }
        }
        return blocks;
    }

    /** What the repo has, by the names that its blocks have in a store. */
    private Set<String> keys() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String cid : ok("refs", "local").lines().toList()) {
            keys.add(Multibase.BASE32_UPPER
                    .encode(Cid.parse(cid).hash().toBytes())
                    .substring(1));
        }
        return keys;
    }

    private Set<String> objects() throws IOException {
        try (Stream<Path> files = Files.walk(server.folder().resolve(bucket))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("CIQ"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String diskSpec() throws IOException {
        return Files.readString(cli.repo().resolve("datastore_spec"));
    }

    private String ok(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), () -> String.join(" ", words) + ": " + result.err());
        return result.out();
    }
}
