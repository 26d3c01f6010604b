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
import java.util.List;
import java.util.Random;
import org.iq80.leveldb.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** Files that Kubo 0.42.0 wrote, files it must be able to read, and files a killed process leaves. */
final class LevelDbFilesTest {
    private static final Key PINS = Key.of("/pins/pin");
    private static final int KIB = 1024;

    @TempDir
    private Path folder;

    @Test
    void aKuboStoreIsReadWrittenAndReadAgain() throws Exception {
        Folders.unzip("kubo-flatfs-datastore.zip", folder);
        long keys;
        try (Datastore store = open(folder)) {
            assertEquals(6_007, count(store, PINS), "6,000 named pins and 7 more");
            assertTrue(store.has(Key.of("/local/filesroot")));
            keys = count(store, Key.ROOT);
            writeMany(store);
        }
        for (int i = 0; i < 2; i++) {
            try (Datastore store = open(folder)) {
                assertEquals(6_007, count(store, PINS));
                assertEquals(keys + 8 * 1_000, count(store, Key.ROOT));
                assertWritten(store);
            }
        }
        assertFilesAreNamedAsKuboNamesThem();
    }

    @Test
    void aKuboStoreOfManySmallTablesIsRead() throws Exception {
        Folders.unzip("kubo-s3-datastore.zip", folder);
        try (Datastore store = open(folder)) {
            assertEquals(7, count(store, PINS));
            store.put(Key.of("/more"), new byte[] {1});
        }
        try (Datastore store = open(folder)) {
            assertEquals(7, count(store, PINS));
            assertTrue(store.has(Key.of("/more")));
        }
    }

    @Test
    void aNewStoreHasFilesAsKuboNamesThem() throws Exception {
        try (Datastore store = open(folder)) {
            writeMany(store);
        }
        assertFilesAreNamedAsKuboNamesThem();
    }

    @Test
    void whatAKilledProcessWroteIsThere(@TempDir Path left) throws Exception {
        try (Datastore store = open(folder)) {
            writeMany(store);
            store.put(Key.of("/last"), new byte[] {1});
            Folders.copy(folder, left);
        }
        try (Datastore store = open(left)) {
            assertWritten(store);
            assertTrue(store.has(Key.of("/last")));
        }
    }

    @Test
    void aWriteCutShortIsLeftOutAndTheOnesBeforeItAreThere(@TempDir Path left) throws Exception {
        try (Datastore store = open(folder)) {
            store.put(Key.of("/whole"), new byte[100]);
            Batch batch = store.batch();
            batch.put(Key.of("/cut/1"), new byte[100]);
            batch.put(Key.of("/cut/2"), new byte[100]);
            batch.commit();
            Folders.copy(folder, left);
        }
        Path log = Folders.onlyFile(left, ".log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(file.length() - 10);
        }
        try (Datastore store = open(left)) {
            assertTrue(store.has(Key.of("/whole")));
            assertEquals(0, count(store, Key.of("/cut")), "a batch happens whole or not at all");
        }
    }

    @Test
    void aSpoiltTableIsAFailureNotAnAbsence() throws Exception {
        Folders.unzip("kubo-flatfs-datastore.zip", folder);
        try (RandomAccessFile table =
                new RandomAccessFile(folder.resolve("000079.ldb").toFile(), "rw")) {
            for (long at = 10; at < table.length() - 1_000; at += KIB) {
                table.seek(at);
                table.writeByte(0x55);
            }
        }
        DatastoreException failure = assertThrows(DatastoreException.class, () -> {
            try (Datastore store = open(folder)) {
                count(store, PINS);
            }
        });
        assertTrue(String.valueOf(failure.getMessage()).contains(folder.toString()), failure::getMessage);
    }

    @Test
    void snappyMakesTablesSmaller(@TempDir Path plain) throws Exception {
        try (Datastore store = open(folder);
                Datastore uncompressed = LevelDbDatastore.open(plain, CompressionType.NONE)) {
            for (int i = 0; i < 6; i++) {
                store.put(Key.of("/zeros/" + i), new byte[KIB * KIB]);
                uncompressed.put(Key.of("/zeros/" + i), new byte[KIB * KIB]);
            }
        }
        // opening moves what is in the log to a table
        try (Datastore store = open(folder);
                Datastore uncompressed = LevelDbDatastore.open(plain, CompressionType.NONE)) {
            assertEquals(6, count(store, Key.ROOT));
            long size = uncompressed.diskUsage().orElseThrow();
            assertTrue(size >= 6 * KIB * KIB, () -> "plain: " + size);
            assertTrue(store.diskUsage().orElseThrow() < size / 5);
        }
    }

    @Test
    void aFolderThatCannotBeOpenedIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        DatastoreException failure = assertThrows(DatastoreException.class, () -> open(file));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("cannot open the LevelDB datastore in " + file));
        Files.writeString(folder.resolve("CURRENT"), "MANIFEST-000009\n");
        assertThrows(DatastoreException.class, () -> open(folder));
    }

    private static Datastore open(Path folder) throws DatastoreException {
        return LevelDbDatastore.open(folder, CompressionType.SNAPPY);
    }

    private static long count(Datastore store, Key prefix) throws DatastoreException {
        try (Results results = store.query(Query.keys(prefix))) {
            return results.rest().size();
        }
    }

    /** 8,000 keys, 8 MiB: more than the memory table holds, so that tables are written while the store is open. */
    private static void writeMany(Datastore store) throws DatastoreException {
        for (int i = 0; i < 8; i++) {
            Batch batch = store.batch();
            for (int j = 0; j < 1_000; j++) {
                batch.put(keyOf(i, j), valueOf(i, j));
            }
            batch.commit();
        }
    }

    private static void assertWritten(Datastore store) throws DatastoreException {
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 1_000; j++) {
                assertArrayEquals(valueOf(i, j), store.get(keyOf(i, j)).orElseThrow());
            }
        }
    }

    private static Key keyOf(int i, int j) {
        return Key.of("/written/" + j + "/" + i);
    }

    private static byte[] valueOf(int i, int j) {
        byte[] value = new byte[KIB];
        new Random(i * 1_000L + j).nextBytes(value);
        return value;
    }

    private void assertFilesAreNamedAsKuboNamesThem() throws IOException {
        List<String> names = Folders.names(folder);
        for (String name : names) {
            assertTrue(name.matches("CURRENT(\\.bak)?|LOCK|LOG(\\.old)?|MANIFEST-\\d{6}|\\d{6}\\.(ldb|log)"), name);
        }
        assertTrue(names.stream().anyMatch(name -> name.endsWith(".ldb")), names::toString);
        String current = Files.readString(folder.resolve("CURRENT"));
        assertTrue(current.matches("MANIFEST-\\d{6}\n"), current);
        Path manifest = folder.resolve(current.strip());
        String text = new String(Files.readAllBytes(manifest), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("leveldb.BytewiseComparator"));
        assertFalse(text.endsWith("\0\0\0\0\0\0\0\0"), "no room left over at the end");
    }
}
