package org.s3ds.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.TableChanges;

/** A table that is not as it was left says so, or refuses: it never answers wrongly. */
final class TableDamageTest {
    private static final String NAME = "blocks";
    /** Enough for files of every kind. */
    private static final int ENTRIES = 20_000;

    private static final int ROUNDS = 12;

    @TempDir
    private Path folder;

    private RocksTables tables = new RocksTables(Path.of(""), "1");

    @BeforeEach
    void laysOut() {
        tables = new RocksTables(folder.resolve("index"), "1");
    }

    @Test
    void aLogThatWasCutShortIsNoticedUntilSomethingIsWritten() throws IOException {
        fill(10);
        Path log = file(".log");
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(log) - 5);
        }
        for (int session = 0; session < 2; session++) {
            try (KeyTable table = tables.open(NAME)) {
                assertTrue(table.hasLostWrites());
                assertArrayEquals(value(8), table.get(key(8)));
                assertNull(table.get(key(9)));
            }
        }
        try (KeyTable table = tables.open(NAME)) {
            table.write(new TableChanges().record("state", new byte[] {1}));
            assertFalse(table.hasLostWrites());
        }
        try (KeyTable table = tables.open(NAME)) {
            assertFalse(table.hasLostWrites());
        }
    }

    @Test
    void aTableWithoutItsFilesHasLostThem() throws IOException {
        fill(10);
        delete(table().resolve("db"));
        assertLost();
    }

    @Test
    void aTableWithoutItsMarkMayHaveLostAnything() throws IOException {
        fill(10);
        delete(table().resolve("changes"));
        assertLost();
    }

    @Test
    void aDamagedTableIsMadeAnew() throws IOException {
        fill(10);
        Files.writeString(table().resolve("db/CURRENT"), "nonsense");
        assertLost();
        try (KeyTable table = tables.open(NAME)) {
            assertNull(table.get(key(1)));
            table.write(new TableChanges().put(key(1), value(1)));
        }
        try (KeyTable table = tables.open(NAME)) {
            assertFalse(table.hasLostWrites());
            assertArrayEquals(value(1), table.get(key(1)));
        }
    }

    @Test
    void aTableThatIsOpenCannotBeOpenedAndStaysAsItIs() throws IOException {
        fill(10);
        try (KeyTable table = tables.open(NAME)) {
            DatastoreException refused = assertThrows(DatastoreException.class, () -> tables.open(NAME));
            assertTrue(refused.toString().contains("the index at " + table() + " could not be opened: "));
            assertArrayEquals(value(1), table.get(key(1)));
        }
    }

    @Test
    void whereNoFolderCanBeIsAnErrorAndNotANewTable() throws IOException {
        Files.writeString(folder.resolve("index"), "not a folder");
        assertThrows(DatastoreException.class, () -> tables.open(NAME));
        assertEquals("not a folder", Files.readString(folder.resolve("index")));
    }

    @Test
    void whateverIsScribbledOverNoAnswerIsWrong() throws IOException {
        long seed = System.nanoTime();
        System.out.println("TableDamageTest: seed " + seed);
        Random random = new Random(seed);
        fill(ENTRIES);
        Path whole = folder.resolve("whole");
        copy(table(), whole);
        for (int round = 0; round < ROUNDS; round++) {
            delete(table());
            copy(whole, table());
            List<Path> files = files();
            Path file = files.get(random.nextInt(files.size()));
            String how = damage(file, random);
            assertNoWrongAnswer(how);
        }
    }

    @Test
    void aListOfFilesThatWasCutShortIsNoticed() throws IOException {
        fill(ENTRIES);
        Path whole = folder.resolve("whole");
        copy(table(), whole);
        long size = Files.size(file("MANIFEST-"));
        for (long cut = 1; cut < size; cut += size / 8) {
            delete(table());
            copy(whole, table());
            try (FileChannel channel = FileChannel.open(file("MANIFEST-"), StandardOpenOption.WRITE)) {
                channel.truncate(size - cut);
            }
            assertNoWrongAnswer("list of files without its last " + cut + " of " + size);
        }
    }

    private static String damage(Path file, Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long at = random.nextLong(Math.max(1, channel.size()));
            if (random.nextInt(4) == 0) {
                channel.truncate(at);
                return file.getFileName() + " cut off at " + at;
            } else {
                byte[] noise = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(noise);
                channel.write(ByteBuffer.wrap(noise), at);
                return file.getFileName() + " has noise from " + at;
            }
        }
    }

    private void assertNoWrongAnswer(String how) throws IOException {
        try (KeyTable table = tables.open(NAME)) {
            if (table.hasLostWrites()) {
                return;
            }
            assertEverythingIsThere(table, how);
            return;
        } catch (DatastoreException e) {
            assertTrue(e.toString().contains(table().toString()), e.toString());
        }
        assertLost();
        System.out.println("TableDamageTest: met while reading: " + how);
    }

    private static void assertEverythingIsThere(KeyTable table, String how) throws DatastoreException {
        int seen = 0;
        try (KeyTable.Scan scan = table.scan(Optional.empty())) {
            while (scan.next()) {
                seen++;
            }
        }
        assertEquals(ENTRIES, seen, how);
        for (int i = 0; i < ENTRIES; i++) {
            assertArrayEquals(value(i), table.get(key(i)), how);
        }
    }

    private void assertLost() throws DatastoreException {
        try (KeyTable table = tables.open(NAME)) {
            assertTrue(table.hasLostWrites());
        }
    }

    private void fill(int entries) throws DatastoreException {
        try (KeyTable table = tables.open(NAME)) {
            for (int i = 0; i < entries; i++) {
                table.write(new TableChanges().put(key(i), value(i)));
            }
        }
    }

    private static Key key(int i) {
        return BlockKeys.key(
                ByteBuffer.allocate(32).putLong(i * 0x9e3779b97f4a7c15L).array());
    }

    /** Long, so that few entries fill a file. */
    private static byte[] value(int i) {
        return ByteBuffer.allocate(1_200).putInt(i).array();
    }

    private Path table() {
        return folder.resolve("index").resolve(NAME);
    }

    /** Of the database, and the mark. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(table())) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("LOCK"))
                    .sorted()
                    .toList();
        }
    }

    private Path file(String part) throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }
}
