package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.KeptStores;

final class RepoTest {
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();
    private static final String MIGRATE = "See https://github.com/ipfs/fs-repo-migrations/blob/master/run.md\n"
            + "Sorry for the inconvenience. In the future, these will run automatically.";

    @TempDir
    private Path parent;

    private final KeptStores stores = new KeptStores();
    private Path repo = Path.of("");

    @BeforeEach
    void name() {
        repo = parent.resolve("repo");
    }

    // init

    @Test
    void initWritesTheFilesOfARepoAndNothingElse() throws Exception {
        RepoPlan plan = plan();
        Repo.init(
                repo,
                plan,
                stores.types(),
                Metrics.none(),
                NO_ENVIRONMENT,
                store -> store.put(Key.raw("/x"), new byte[1]));

        assertEquals(Set.of("config", "datastore_spec", "keystore", "version"), files());
        assertArrayEquals(new byte[] {0x31, 0x38, 0x0a}, Files.readAllBytes(repo.resolve("version")));
        assertEquals("{\"path\":\"datastore\",\"type\":\"levelds\"}", Files.readString(repo.resolve("datastore_spec")));
        assertEquals(plan.config().toJson(), Files.readString(repo.resolve("config")));
        assertEquals("rw-------", mode("config"));
        assertEquals("rw-------", mode("datastore_spec"));
        assertEquals("rw-r--r--", mode("version"));
        assertEquals("rwx------", mode("keystore"));
        assertTrue(stores.levelds().has(Key.raw("/x")));
    }

    @Test
    void aGivenConfigIsKeptByteForByte() throws Exception {
        byte[] file =
                " {\"Mine\": 1.0, \"Datastore\": {\"Spec\":{\"type\":\"mem\"}}}\n".getBytes(StandardCharsets.UTF_8);
        Repo.init(repo, RepoPlan.verbatim(file, "given"), List.of(), Metrics.none(), NO_ENVIRONMENT, store -> {});

        assertArrayEquals(file, Files.readAllBytes(repo.resolve("config")));
        assertEquals("null", Files.readString(repo.resolve("datastore_spec")));
        Repo.open(repo, List.of(), Metrics.none(), NO_ENVIRONMENT).close();
    }

    @Test
    void aRepoIsNotMadeTwice() throws Exception {
        init();
        assertError("ipfs configuration file already exists!\nReinitializing would overwrite your keys\n", this::init);
        open().close();
    }

    @Test
    void whatWritesHaveLeftThatWereKilledIsRemoved() throws Exception {
        init();
        Set<String> before = files();
        Files.createDirectories(repo.resolve("s3ds"));
        Files.writeString(repo.resolve(".s3ds-1234.tmp"), "a config with secrets");
        Files.writeString(repo.resolve("s3ds/.s3ds-5678.tmp"), "a spec with secrets");
        open().close();
        assertFalse(Files.exists(repo.resolve(".s3ds-1234.tmp")));
        assertFalse(Files.exists(repo.resolve("s3ds/.s3ds-5678.tmp")));
        assertTrue(files().containsAll(before));
    }

    @Test
    void theParentMustBeThere() {
        repo = parent.resolve("a/b");
        assertError("mkdir " + repo + ": no such file or directory; make its parent first", this::init);
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Files.createFile(repo);
        assertError(repo + " is not a folder", this::init);
        assertTrue(Files.exists(repo));
    }

    @Test
    void aSeedThatFailsLeavesNoFolder() {
        assertThrows(
                DatastoreException.class,
                () -> init(store -> {
                    throw new DatastoreException("no");
                }));
        assertFalse(Files.exists(repo));
    }

    @Test
    void aFailureInAFolderThatWasThereTakesAwayOnlyWhatInitPutThere() throws Exception {
        Files.createDirectories(repo.resolve("mine"));
        Files.writeString(repo.resolve("file"), "x");
        Files.createDirectory(repo.resolve("keystore"));

        assertThrows(
                IllegalStateException.class,
                () -> init(store -> {
                    Files.createDirectory(repo.resolve("datastore"));
                    Files.writeString(repo.resolve("datastore/CURRENT"), "x");
                    Files.writeString(repo.resolve("of-someone-else"), "x");
                    throw new IllegalStateException("no");
                }));

        assertEquals(Set.of("file", "keystore", "mine", "of-someone-else"), files());
    }

    @Test
    void aFolderThatAnotherInitIsWorkingInIsNotTouched() throws Exception {
        Files.createDirectory(repo);
        Process other = LockHolder.start(repo.resolve("repo.lock"), "locked");
        try {
            Files.writeString(repo.resolve("datastore_spec"), "of the other");
            assertError("lock " + repo.resolve("repo.lock") + ": someone else has the lock", this::init);
            assertEquals(Set.of("datastore_spec", "repo.lock"), files());
        } finally {
            LockHolder.end(other);
        }
    }

    @Test
    void aWrongSpecIsRefusedBeforeAnythingIsWritten() throws Exception {
        RepoPlan plan = RepoPlan.fresh(new Identity("p", "k"), Map.of("type", "xyz"), List.of(), new SecureRandom());
        assertThrows(
                DatastoreException.class,
                () -> Repo.init(repo, plan, stores.types(), Metrics.none(), NO_ENVIRONMENT, store -> {}));
        assertFalse(Files.exists(repo));
    }

    /** The process ends before each step in turn, without a chance to tidy up; then init runs again. */
    @ParameterizedTest
    @ValueSource(strings = {"datastore_spec", "version", "keystore", "datastore", "seed", "config"})
    void initKilledBeforeAnyStepIsNoRepoAndTheNextInitCompletesIt(String step) throws Exception {
        assertThrows(Killed.class, () -> initUpTo(step));
        Files.createFile(repo.resolve("repo.lock"));
        Files.createFile(repo.resolve(".s3ds-123.tmp"));

        assertFalse(Repo.isInitialized(repo));
        assertError("no IPFS repo found in " + repo + ".\nplease run: 'ipfs init'", this::open);

        init();
        assertEquals(Set.of("config", "datastore_spec", "keystore", "version"), files());
        open().close();
    }

    @Test
    void whatAnInitWithOtherStoresLeftIsSaid() throws Exception {
        assertThrows(Killed.class, () -> initUpTo("config"));
        Files.writeString(repo.resolve("datastore_spec"), "{\"path\":\"other\",\"type\":\"levelds\"}");

        assertError(
                "there is no config, but " + repo.resolve("datastore_spec")
                        + " of an earlier repo says '{\"path\":\"other\",\"type\":\"levelds\"}' where this one would say"
                        + " '{\"path\":\"datastore\",\"type\":\"levelds\"}'; take the settings of the earlier one, or remove"
                        + " the folder if nothing in it is needed",
                this::init);

        assertEquals(Set.of("datastore_spec", "keystore", "version"), files());
    }

    // open

    @Test
    void openNeedsAConfig() {
        assertError("no IPFS repo found in " + repo + ".\nplease run: 'ipfs init'", this::open);
    }

    @Test
    void anOldFolderIsNamed() throws Exception {
        Files.createDirectories(parent.resolve(".go-ipfs"));
        Files.createFile(parent.resolve(".go-ipfs/config"));
        repo = parent.resolve(".ipfs");
        assertError("ipfs repo found in old '~/.go-ipfs' location, please run migration tool.\n" + MIGRATE, this::open);
    }

    @ParameterizedTest
    @CsvSource({"11", "7", "0"})
    void anOlderVersionIsRefused(String version) throws Exception {
        initWithVersion(version);
        assertError("ipfs repo needs migration, please run migration tool.\n" + MIGRATE, this::open);
    }

    @Test
    void otherVersionsAreRefusedToo() throws Exception {
        initWithVersion("19");
        assertError(
                "Your programs version (18) is lower than your repos (19).\nPlease update ipfs to a version that"
                        + " supports the existing repo, or run\na migration in reverse.\n\nSee"
                        + " https://github.com/ipfs/fs-repo-migrations/blob/master/run.md for details.",
                this::open);
        Files.writeString(repo.resolve("version"), "x");
        assertError("invalid data in repo version file", this::open);
        Files.delete(repo.resolve("version"));
        assertError("no version file found, please run 0-to-1 migration tool.\n" + MIGRATE, this::open);
        assertEquals(Set.of("config", "datastore_spec", "keystore"), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "15", "17"})
    void theVersionsSinceTwelveAreReadAndNothingElse(String version) throws Exception {
        init(store -> store.put(Key.raw("/x"), new byte[] {7}));
        Files.writeString(repo.resolve("version"), version + "\n");
        Files.delete(repo.resolve("keystore"));
        Files.createFile(repo.resolve("repo.lock")); // left by a crash
        Files.createFile(repo.resolve("api"));
        String refusal =
                "this repo has version " + version + ", which s3ds reads but does not write to: it writes version"
                        + " 18. Let Kubo migrate the repo first (ipfs repo migrate), then try again";
        try (Repo open = open()) {
            assertArrayEquals(
                    new byte[] {7}, open.datastore().get(Key.raw("/x")).orElseThrow());
            assertEquals(
                    refusal,
                    assertThrows(
                                    DatastoreException.class,
                                    () -> open.datastore().put(Key.raw("/y"), new byte[1]))
                            .getMessage());
            assertError("lock " + repo.resolve("repo.lock") + ": lock is already held by us", this::open);
        }
        assertError(refusal, () -> Repo.changeConfig(repo, stores.types(), NO_ENVIRONMENT, config -> config));
        assertEquals(Set.of("api", "config", "datastore_spec", "repo.lock", "version"), files());
        assertEquals(version + "\n", Files.readString(repo.resolve("version")));
        Files.delete(repo.resolve("repo.lock"));
        open().close();
        assertEquals(Set.of("api", "config", "datastore_spec", "version"), files(), "its own lock goes");
    }

    @Test
    void whiteSpaceAroundVersionAndSpecIsFine() throws Exception {
        initWithVersion(" 18 \n\n");
        Files.writeString(repo.resolve("datastore_spec"), " {\"path\":\"datastore\",\"type\":\"levelds\"}\n");
        open().close();
    }

    @Test
    void aSpecThatDiffersByOneByteIsRefusedWithKubosSidesSwapped() throws Exception {
        init();
        Files.writeString(repo.resolve("datastore_spec"), "{\"path\":\"datastore\", \"type\":\"levelds\"}");
        assertError(
                "datastore configuration of '{\"path\":\"datastore\", \"type\":\"levelds\"}' does not match what is on disk"
                        + " '{\"path\":\"datastore\",\"type\":\"levelds\"}'",
                this::open);
        Files.delete(repo.resolve("datastore_spec"));
        assertError("open " + repo.resolve("datastore_spec") + ": no such file or directory", this::open);
        assertFalse(Files.exists(repo.resolve("repo.lock")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"Datastore\":{\"Type\":\"leveldb\",\"Spec\":{\"type\":\"mem\"}}}|old style datatstore config detected",
                "{\"Datastore\":{\"Path\":\"/x\"}}|old style datatstore config detected",
                "{\"Datastore\":{\"Type\":\"\",\"Path\":\"\"}}|required Datastore.Spec entry missing from config file",
                "{\"Datastore\":{\"Spec\":null}}|required Datastore.Spec entry missing from config file",
            })
    void configsWithoutADatastoreAreRefused(String config, String message) throws Exception {
        init();
        Files.writeString(repo.resolve("config"), config);
        assertError(message, this::open);
    }

    @Test
    void aConfigThatIsNotJsonIsRefusedAndTheLockLetGo() throws Exception {
        init();
        Files.writeString(repo.resolve("config"), "{");
        assertThrows(JsonException.class, this::open);
        assertFalse(Files.exists(repo.resolve("repo.lock")));
    }

    @Test
    void anOpenRepoIsLockedAndCountsItsCalls() throws Exception {
        init();
        MemoryMetrics metrics = new MemoryMetrics();
        try (Repo first = Repo.open(repo, stores.types(), metrics, NO_ENVIRONMENT)) {
            assertError("lock " + repo.resolve("repo.lock") + ": lock is already held by us", this::open);
            first.datastore().has(Key.raw("/x"));
            assertEquals(1, metrics.counters().get("ipfs.fsrepo.datastore.has_total"));
        }
        open().close();
    }

    @Test
    void closeRemovesWhatADaemonLeftAndMayBeCalledAgain() throws Exception {
        init();
        Repo open = open();
        Files.createFile(repo.resolve("api"));
        Files.createFile(repo.resolve("gateway"));
        open.close();
        open.close();
        assertEquals(Set.of("config", "datastore_spec", "keystore", "version"), files());
    }

    @Test
    void aStoreThatFailsToCloseStillLetsGoOfTheLock() throws Exception {
        init();
        KeptStores failing = new KeptStores((call, key) -> {
            if (call.equals("close")) {
                throw new DatastoreException("cannot close");
            }
        });
        Repo open = Repo.open(repo, failing.types(), Metrics.none(), NO_ENVIRONMENT);
        assertEquals(
                "cannot close",
                assertThrows(DatastoreException.class, open::close).getMessage());
        open().close();
    }

    @Test
    void warningsReachTheCaller() throws Exception {
        init(Map.of("type", "s3ds", "bukket", "b"), stores.types());
        Repo.changeConfig(
                repo, stores.types(), NO_ENVIRONMENT, config -> config.with("Experimental.FilestoreEnabled", true));
        try (Repo open = open()) {
            assertEquals(
                    List.of(
                            "no 'bukket'",
                            "Experimental.FilestoreEnabled is true: blocks that Kubo left in the files they came from"
                                    + " cannot be read by s3ds; to have them all, export what is pinned with Kubo (ipfs"
                                    + " dag export) and import it into a repo without that setting"),
                    open.warnings());
        }
    }

    @Test
    void theConfigIsChangedUnderTheLock() throws Exception {
        init();
        Repo.changeConfig(repo, stores.types(), NO_ENVIRONMENT, config -> config.with("Datastore.StorageMax", "1GB"));
        assertEquals("1GB", Config.read(repo).get("Datastore.StorageMax"));
        assertEquals("rw-------", mode("config"));
        try (Repo _ = open()) {
            assertThrows(
                    RepoException.class,
                    () -> Repo.changeConfig(repo, stores.types(), NO_ENVIRONMENT, config -> config));
        }
        assertEquals(Set.of("config", "datastore_spec", "keystore", "version"), files());
    }

    @Test
    void aConfigOfOtherStoresIsRefused() throws Exception {
        init();
        String before = Files.readString(repo.resolve("config"));
        assertError(
                "the config is left as it was: this repo keeps its data in '{\"path\":\"datastore\",\"type\":\"levelds\"}',"
                        + " and with Datastore.Spec meaning 'null' it could not be opened again; to keep data elsewhere,"
                        + " init another repo there and add it to that",
                () -> Repo.changeConfig(
                        repo,
                        stores.types(),
                        NO_ENVIRONMENT,
                        config -> config.with("Datastore.Spec", Map.of("type", "mem"))));
        for (String profile : List.of("flatfs", "flatfs-measure", "default-datastore")) {
            assertTrue(Profiles.isDatastore(profile));
            assertThrows(
                    RepoException.class,
                    () -> Repo.changeConfig(
                            repo,
                            stores.types(),
                            NO_ENVIRONMENT,
                            config -> new Profiles(new SecureRandom()).apply(profile, config)));
        }
        assertFalse(Profiles.isDatastore("server"));
        assertEquals(before, Files.readString(repo.resolve("config")));
        Map<String, Object> counted =
                Map.of("type", "measure", "prefix", "p", "child", Map.of("type", "levelds", "path", "datastore"));
        Repo.changeConfig(repo, stores.types(), NO_ENVIRONMENT, config -> config.with("Datastore.Spec", counted));
        open().close();
    }

    @Test
    void pathsAreKubos() throws Exception {
        Map<String, String> home = Map.of("HOME", "/home/u");
        assertEquals(Path.of("/home/u/.ipfs"), RepoPath.of(home));
        assertEquals(Path.of("/x/y"), RepoPath.of(Map.of("HOME", "/home/u", "IPFS_PATH", "/x/y")));
        assertEquals(Path.of("/home/u/y"), RepoPath.of(Map.of("HOME", "/home/u", "IPFS_PATH", "~/y")));
        assertEquals(Path.of("/home/u"), RepoPath.expand("~", home));
        assertEquals(Path.of("/a/~"), RepoPath.expand("/a/~", home));
        assertError("cannot expand user-specific home dir", () -> RepoPath.expand("~v/x", home));
        assertThrows(RepoException.class, () -> RepoPath.of(Map.of()));
    }

    private void init() throws IOException {
        init(store -> {});
    }

    private void init(Repo.Seed seed) throws IOException {
        Repo.init(repo, plan(), stores.types(), Metrics.none(), NO_ENVIRONMENT, seed);
    }

    private void init(Map<String, ?> spec, List<StoreType> types) throws IOException {
        RepoPlan plan = RepoPlan.fresh(new Identity("p", "k"), spec, List.of(), new SecureRandom());
        Repo.init(repo, plan, types, Metrics.none(), NO_ENVIRONMENT, store -> {});
    }

    private void initWithVersion(String version) throws IOException {
        init();
        Files.writeString(repo.resolve("version"), version);
    }

    private void initUpTo(String end) throws IOException {
        RepoPlan plan = plan();
        DatastoreSpec spec =
                DatastoreSpec.parse(plan.config().find("Datastore.Spec").orElseThrow(), stores.types());
        new RepoInit(new StoreContext(repo, Metrics.none(), NO_ENVIRONMENT), plan, spec, store -> {}).run(step -> {
            if (step.equals(end)) {
                throw new Killed();
            }
        });
    }

    private static RepoPlan plan() throws ConfigException {
        return RepoPlan.fresh(
                new Identity("p", "k"),
                Map.of("type", "levelds", "path", "datastore"),
                List.of("test"),
                new SecureRandom());
    }

    private Repo open() throws IOException {
        return Repo.open(repo, stores.types(), Metrics.none(), NO_ENVIRONMENT);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(repo)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(repo.resolve(name)));
    }

    private static void assertError(String message, Executable call) {
        assertEquals(message, assertThrows(RepoException.class, call).getMessage());
    }

    /** Goes past every handler of failures. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
