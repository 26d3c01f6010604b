package org.s3ds.levelds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.iq80.leveldb.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;

/**
 * Stores that goleveldb was killed in the middle of, stores that are damaged, and stores that must not be touched. What
 * was stored is there, or the store does not open.
 */
final class LevelDbDamageTest {
    private static final int LOG_BLOCK = 32 * 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"none", "snappy"})
    void whatGoleveldbWroteBeforeItWasKilledIsThere(String compression) throws Exception {
        Folders.unzip("goleveldb-killed-" + compression + ".zip", folder);
        CompressionType type = compression.equals("none") ? CompressionType.NONE : CompressionType.SNAPPY;
        try (Datastore store = LevelDbDatastore.open(folder, type)) {
            assertKilledStore(store);
            store.put(Key.of("/more"), new byte[] {1});
        }
        try (Datastore store = LevelDbDatastore.open(folder, type)) {
            store.delete(Key.of("/more"));
            assertKilledStore(store);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"goleveldb-killed-none.zip", "goleveldb-killed-snappy.zip"})
    void aReaderTouchesNothing(String resource) throws Exception {
        Folders.unzip(resource, folder);
        Map<String, String> before = Folders.state(folder);
        StoreContext context = new StoreContext(folder, Metrics.none(), Map.of()).toRead();
        Datastore store = new LevelDbStoreType().parse(Map.of("path", ".")).open(context);
        assertKilledStore(store);
        assertTrue(store.diskUsage().orElseThrow() > 10_000);
        store.close();
        store.close();
        assertEquals(before, Folders.state(folder));
    }

    @Test
    void aReaderOfNothingSaysSo() {
        Path absent = folder.resolve("absent");
        DatastoreException failure = assertThrows(DatastoreException.class, () -> LevelDbDatastore.openToRead(absent));
        assertEquals(
                "cannot open the LevelDB datastore in " + absent + ": " + absent + " is not there",
                failure.getMessage());
        assertFalse(Files.exists(absent));
    }

    @Test
    void aDamagedLogIsRefusedAndLeftAsItIs() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        spoil(Folders.onlyFile(folder, ".log"), 1_000);
        assertRefused("000004.log is damaged: checksum mismatch");
    }

    @Test
    void aDamagedLastWriteIsRefusedWhenItWasWhole() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        Path log = Folders.onlyFile(folder, ".log");
        spoil(log, Files.size(log) - 3);
        assertRefused("000004.log is damaged: checksum mismatch");
    }

    @Test
    void aLastWriteThatAPowerFailureLeftAsZerosIsLeftOut() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        Path log = Folders.onlyFile(folder, ".log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(file.length() - 16);
            file.write(new byte[16]);
        }
        try (Datastore store = LevelDbDatastore.open(folder, CompressionType.NONE)) {
            assertEquals(3_000, count(store));
            assertTrue(store.has(Key.of("/killed/0000")), "the batch that deletes it is not whole");
        }
    }

    @Test
    void zerosBehindTheLastWriteAreNoDamage() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        try (RandomAccessFile file =
                new RandomAccessFile(Folders.onlyFile(folder, ".log").toFile(), "rw")) {
            file.setLength(file.length() + 2 * LOG_BLOCK);
        }
        try (Datastore store = LevelDbDatastore.open(folder, CompressionType.NONE)) {
            assertKilledStore(store);
        }
    }

    @Test
    void aStoreWithoutCurrentIsNotTakenForAnEmptyOne() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        Files.delete(folder.resolve("CURRENT"));
        assertRefused("the file CURRENT is missing, and there are others of a store: 000003.ldb");
    }

    @Test
    void aDamagedManifestIsRefused() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        spoil(folder.resolve("MANIFEST-000000"), 20);
        assertRefused("checksum mismatch");
    }

    @Test
    void aMissingTableIsRefused() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        Files.delete(folder.resolve("000003.ldb"));
        assertRefused("1 missing files");
    }

    @Test
    void aDamagedTableFailsWhereItIsRead() throws Exception {
        Folders.unzip("goleveldb-killed-none.zip", folder);
        spoil(folder.resolve("000003.ldb"), 100);
        try (Datastore store = LevelDbDatastore.open(folder, CompressionType.NONE)) {
            DatastoreException failure =
                    assertThrows(DatastoreException.class, () -> store.get(Key.of("/killed/0001")));
            assertTrue(String.valueOf(failure.getMessage()).contains("make a copy of the folder"), failure::getMessage);
            assertTrue(store.has(Key.of("/killed/2999")));
        }
    }

    private void assertRefused(String reason) throws IOException {
        Map<String, String> before = Folders.state(folder);
        DatastoreException failure =
                assertThrows(DatastoreException.class, () -> LevelDbDatastore.open(folder, CompressionType.NONE));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("cannot open the LevelDB datastore in " + folder + ": "), message);
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains("make a copy of the folder and open the repo with Kubo"), message);
        Map<String, String> after = Folders.state(folder);
        before.keySet().removeIf(name -> name.startsWith("LOG") || name.equals("LOCK"));
        after.keySet().removeIf(name -> name.startsWith("LOG") || name.equals("LOCK"));
        assertEquals(before, after, "nothing of it was thrown away");
    }

    private static void assertKilledStore(Datastore store) throws DatastoreException {
        assertEquals(3_000, count(store));
        for (int i = 1; i < 3_000; i++) {
            byte[] expected = ("value " + i + " of the store that was killed").getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(
                    expected, store.get(Key.of("/killed/%04d".formatted(i))).orElseThrow());
        }
        assertFalse(store.has(Key.of("/killed/0000")));
        assertArrayEquals(new byte[0], store.get(Key.of("/killed/last")).orElseThrow());
    }

    private static long count(Datastore store) throws DatastoreException {
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            return results.rest().size();
        }
    }

    private static void spoil(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] spoilt = Arrays.copyOf(bytes, bytes.length);
        spoilt[(int) at] ^= 0x55;
        Files.write(file, spoilt);
    }
}
