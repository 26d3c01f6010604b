package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;

/** What stands in a flatfs folder, as Kubo leaves it and expects it. */
final class FlatfsFolderTest {
    private static final String EMPTY_DIRECTORY = "CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y";
    private static final Key KEY = Key.of(EMPTY_DIRECTORY);
    private static final byte[] VALUE = {0x0a, 0x02, 0x08, 0x01};

    @TempDir
    private Path parent;

    private Path folder = Path.of("");

    @BeforeEach
    void name() {
        folder = parent.resolve("blocks");
    }

    private Datastore open() throws DatastoreException {
        return FlatfsDatastore.open(folder, ShardFunction.DEFAULT, false);
    }

    @Test
    void aNewFolderHasShardingAndReadmeAndTemporary() throws Exception {
        open().close();
        assertEquals(Set.of("SHARDING", "_README", ".temp"), names(folder));
        assertEquals("/repo/flatfs/shard/v1/next-to-last/2\n", Files.readString(folder.resolve("SHARDING")));
        assertEquals("r--r--r--", mode(folder.resolve("_README")));
    }

    @Test
    void onlyTheDefaultShardFunctionHasAReadme() throws Exception {
        FlatfsDatastore.open(folder, ShardFunction.parse("/repo/flatfs/shard/v1/prefix/2"), false)
                .close();
        assertEquals(Set.of("SHARDING", ".temp"), names(folder));
    }

    @Test
    void aBlockIsAFileInItsShard() throws Exception {
        try (Datastore store = open()) {
            store.put(KEY, VALUE);
            Path file = folder.resolve("X3").resolve(EMPTY_DIRECTORY + ".data");
            assertArrayEquals(VALUE, Files.readAllBytes(file));
            assertEquals("rw-------", mode(file));
            assertEquals(Set.of(), names(folder.resolve(".temp")));
        }
    }

    @Test
    void aBatchWritesFilesWithTheModeThatNewFilesGet() throws Exception {
        Path usual = Files.createFile(parent.resolve("usual"));
        try (Datastore store = open()) {
            Batch batch = store.batch();
            batch.put(KEY, VALUE);
            assertEquals(1, names(folder.resolve(".temp")).size());
            batch.commit();
            assertEquals(mode(usual), mode(folder.resolve("X3").resolve(EMPTY_DIRECTORY + ".data")));
            assertEquals(Set.of(), names(folder.resolve(".temp")));
            assertThrows(IllegalStateException.class, batch::commit);
        }
    }

    @Test
    void openingEmptiesTemporary() throws Exception {
        open().close();
        Files.createDirectories(folder.resolve(".temp/batch-1"));
        Files.writeString(folder.resolve(".temp/batch-1/A.data"), "half");
        Files.writeString(folder.resolve(".temp/temp-2"), "half");
        open().close();
        assertEquals(Set.of(), names(folder.resolve(".temp")));
    }

    @Test
    void anotherShardFunctionIsRefused() throws Exception {
        open().close();
        ShardFunction other = ShardFunction.parse("/repo/flatfs/shard/v1/suffix/2");
        String expected = "specified shard func '/repo/flatfs/shard/v1/suffix/2' does not match repo shard func"
                + " '/repo/flatfs/shard/v1/next-to-last/2'";
        assertError(expected, () -> FlatfsDatastore.open(folder, other, false));
        assertError(expected, () -> FlatfsDatastore.openToRead(folder, other));
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("photos"));
        assertError("directory missing SHARDING file: " + folder, this::open);
        assertEquals(Set.of("photos"), names(folder));
        assertError(
                "SHARDING file not found in datastore: " + folder,
                () -> FlatfsDatastore.openToRead(folder, ShardFunction.DEFAULT));
    }

    @Test
    void aShardingFileThatIsNoneIsNamed() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("SHARDING"), "nonsense");
        assertError(folder.resolve("SHARDING") + ": invalid or no prefix in shard identifier: nonsense", this::open);
        Files.writeString(folder.resolve("SHARDING"), ShardFunction.DEFAULT + "\nand more\n");
        assertError(folder.resolve("SHARDING") + ": invalid shard identifier: it has more than one line", this::open);
        Files.write(folder.resolve("SHARDING"), new byte[] {'/', (byte) 0xff});
        assertError(folder.resolve("SHARDING") + ": not a shard function: its bytes are not UTF-8", this::open);
        Files.delete(folder.resolve("SHARDING"));
        Files.createDirectory(folder.resolve("SHARDING"));
        assertError("cannot read " + folder.resolve("SHARDING") + ": Is a directory", this::open);
    }

    @Test
    void whatIsNoBlockIsNotListed() throws Exception {
        try (Datastore store = open()) {
            store.put(KEY, VALUE);
            Files.writeString(folder.resolve("X3/put-123"), "x");
            Files.writeString(folder.resolve("X3/.A.data"), "x");
            Files.writeString(folder.resolve("X3/lower.data"), "x");
            Files.writeString(folder.resolve("X3/notes.txt"), "x");
            Files.writeString(folder.resolve("X3/OUTOFPLACE.data"), "x");
            Files.writeString(folder.resolve("A.data"), "x");
            Files.createDirectories(folder.resolve(".git"));
            Files.writeString(folder.resolve(".git/ABC.data"), "x");
            try (Results results = store.query(Query.keys(Key.ROOT).withSizes())) {
                List<Entry> found = results.rest();
                assertEquals(List.of(KEY), found.stream().map(Entry::key).toList());
                assertEquals(OptionalLong.of(4), found.getFirst().size());
            }
        }
    }

    @Test
    void diskUsageIsKubosCount() throws Exception {
        try (Datastore store = open()) {
            long before = store.diskUsage().orElseThrow();
            store.put(KEY, VALUE);
            store.put(KEY, VALUE);
            long shard = Files.size(folder.resolve("X3"));
            assertEquals(before + shard + VALUE.length, store.diskUsage().orElseThrow());
            store.put(KEY, new byte[10]);
            assertEquals(before + shard + 10, store.diskUsage().orElseThrow());
            store.delete(KEY);
            store.delete(KEY);
            assertEquals(before + shard, store.diskUsage().orElseThrow(), "an empty shard stays");
        }
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                sum += file.endsWith("diskUsage.cache") ? 0 : Files.size(file);
            }
        }
        assertEquals(
                "{\"diskUsage\":" + sum + ",\"accuracy\":\"initial-exact\"}\n",
                Files.readString(folder.resolve("diskUsage.cache")));
    }

    @Test
    void theCacheFileIsBelievedUntilTheFirstChangeAndThenGone() throws Exception {
        open().close();
        Path cache = folder.resolve("diskUsage.cache");
        Files.writeString(cache, "{\"diskUsage\":5000,\"accuracy\":\"initial-approximate\"}\n");
        Files.createDirectories(folder.resolve("X3"));
        try (Datastore store = open()) {
            assertEquals(OptionalLong.of(5000), store.diskUsage());
            assertTrue(Files.exists(cache));
            store.put(KEY, VALUE);
            assertFalse(Files.exists(cache), "whoever is killed now leaves no wrong number");
        }
        assertEquals("{\"diskUsage\":5004,\"accuracy\":\"initial-approximate\"}\n", Files.readString(cache));
    }

    @Test
    void aCacheFileThatSaysNothingIsNotBelieved() throws Exception {
        open().close();
        for (String text : List.of("", "{\"diskUsage\":0}", "nonsense", "{\"diskUsage\":123456789012345678901}")) {
            Files.writeString(folder.resolve("diskUsage.cache"), text);
            try (Datastore store = open()) {
                assertTrue(store.diskUsage().orElseThrow() > 100, text);
            }
        }
    }

    @Test
    void aReaderTouchesNothing() throws Exception {
        try (Datastore kubo = open()) {
            kubo.put(KEY, VALUE);
            Files.writeString(folder.resolve(".temp/temp-of-kubo"), "half");
            Files.writeString(folder.resolve("diskUsage.cache"), "{\"diskUsage\":1,\"accuracy\":\"unknown\"}\n");
            Map<String, String> before = contents();
            Datastore reader = config().open(context().toRead());
            assertArrayEquals(VALUE, reader.get(KEY).orElseThrow());
            assertEquals(OptionalLong.of(1), reader.diskUsage());
            try (Results results = reader.query(Query.keys(Key.ROOT))) {
                assertEquals(1, results.rest().size());
            }
            assertThrows(DatastoreException.class, () -> reader.put(KEY, VALUE));
            assertThrows(DatastoreException.class, () -> reader.delete(KEY));
            assertThrows(DatastoreException.class, reader::batch);
            reader.close();
            assertEquals(before, contents());
        }
    }

    @Test
    void aReaderThatCountedWritesNoNumber() throws Exception {
        open().close();
        Map<String, String> before = contents();
        try (Datastore reader = config().open(context().toRead())) {
            assertTrue(reader.diskUsage().isPresent());
        }
        assertEquals(before, contents());
    }

    @Test
    void thePathIsMadeOneLevelDeep() {
        folder = parent.resolve("a/b");
        assertError("cannot open " + folder + ": it is not there", this::open);
    }

    @Test
    void theSpecIsReadInKubosSequence() throws Exception {
        FlatfsStoreType type = new FlatfsStoreType();
        assertEquals("flatfs", type.name());
        assertSpecError("'path' field is missing or not boolean", Map.of("shardFunc", 1L));
        assertSpecError("'shardFunc' field is missing or not a string", Map.of("path", "b"));
        assertSpecError("empty shard identifier", Map.of("path", "b", "shardFunc", ""));
        assertSpecError(
                "'sync' field is missing or not boolean",
                Map.of("path", "b", "shardFunc", "/repo/flatfs/shard/v1/prefix/2"));
        assertEquals(
                Map.of("path", "blocks", "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2", "type", "flatfs"),
                config().diskSpec());
        try (Datastore store = config().open(context())) {
            assertEquals("Flatfs(" + folder + ")", store.toString());
        }
    }

    private static StoreConfig config() throws SpecException {
        return new FlatfsStoreType()
                .parse(Map.of(
                        "type", "flatfs",
                        "path", "blocks",
                        "sync", true,
                        "shardFunc", " /repo/flatfs/shard/v1/next-to-last/2\n"));
    }

    private StoreContext context() {
        return new StoreContext(parent, Metrics.none(), Map.of());
    }

    private static void assertSpecError(String sentence, Map<String, Object> spec) {
        Map<String, Object> given = new TreeMap<>(spec);
        assertEquals(
                sentence,
                assertThrows(SpecException.class, () -> new FlatfsStoreType().parse(Map.copyOf(given)))
                        .getMessage());
    }

    private static void assertError(String sentence, org.junit.jupiter.api.function.Executable call) {
        assertEquals(sentence, assertThrows(DatastoreException.class, call).getMessage());
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String what = Files.isRegularFile(file) ? Files.readString(file) : "folder";
                contents.put(file.toString(), Files.getLastModifiedTime(file) + " " + what);
            }
        }
        return contents;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
