package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link KeyTable} and {@link KeyTables} as tests, for every kind of table. */
public abstract class KeyTableContract {
    /** What the table under test is called. */
    protected static final String NAME = "blocks-1";

    private static final String BASE32 = "234567ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Key A = Key.of("/a");
    private static final Key B = Key.of("/b");
    private static final byte[] ONE = {1, 0, 0, 1};
    private static final byte[] TWO = {2, 0, 0, 2, -1};

    /** The table under test, open. */
    protected KeyTable table = new MemoryKeyTable();

    /** The same tables at each call, none of them there at first. */
    protected abstract KeyTables tables();

    @BeforeEach
    final void openTable() throws DatastoreException {
        table = tables().open(NAME);
    }

    @AfterEach
    final void closeTable() throws DatastoreException {
        table.close();
    }

    /** Closes the table and opens it again. */
    protected final void reopen() throws DatastoreException {
        table.close();
        table = tables().open(NAME);
    }

    @Test
    void aNewTableIsEmptyAndHasLostNothing() throws DatastoreException {
        assertNull(table.get(A));
        assertNull(table.get(block(1)));
        assertEquals(List.of(), table.intents());
        assertEquals(Optional.empty(), table.record("state"));
        assertEquals(List.of(), keys(Optional.empty()));
        assertFalse(table.hasLostWrites());
    }

    @Test
    void whatWasPutIsThereUntilItIsRemoved() throws DatastoreException {
        for (Key key : List.of(A, block(1), Key.ROOT)) {
            table.write(new TableChanges().put(key, ONE));
            assertArrayEquals(ONE, table.get(key));
            table.write(new TableChanges().put(key, TWO));
            assertArrayEquals(TWO, table.get(key));
            table.write(new TableChanges().remove(key));
            assertNull(table.get(key));
            table.write(new TableChanges().remove(key));
        }
    }

    @Test
    void theEmptyValueIsNotAbsence() throws DatastoreException {
        table.write(new TableChanges().put(A, new byte[0]).put(block(1), new byte[0]));
        assertArrayEquals(new byte[0], table.get(A));
        assertArrayEquals(new byte[0], table.get(block(1)));
        assertEquals(2, keys(Optional.empty()).size());
    }

    @Test
    void changesAreMadeInTheirSequence() throws DatastoreException {
        table.write(new TableChanges()
                .put(A, ONE)
                .remove(A)
                .put(A, TWO)
                .put(B, ONE)
                .remove(B)
                .settle(A)
                .intend(A)
                .intend(B)
                .settle(B)
                .record("r", ONE)
                .record("r", TWO));
        assertArrayEquals(TWO, table.get(A));
        assertNull(table.get(B));
        assertEquals(List.of(A), table.intents());
        assertArrayEquals(TWO, table.record("r").orElseThrow());
    }

    @Test
    void noChangesAreNothing() throws DatastoreException {
        table.write(new TableChanges());
        table.sync();
        assertEquals(List.of(), keys(Optional.empty()));
    }

    @Test
    void intentsAreASetApartFromTheEntries() throws DatastoreException {
        table.write(new TableChanges().put(A, ONE).intend(B).intend(block(1)).intend(B));
        assertEquals(Set.of(B, block(1)), Set.copyOf(table.intents()));
        assertEquals(2, table.intents().size());
        assertNull(table.get(B));
        assertEquals(List.of(A), keys(Optional.empty()));
        table.write(new TableChanges().settle(B).settle(A));
        assertEquals(List.of(block(1)), table.intents());
        assertArrayEquals(ONE, table.get(A));
    }

    @Test
    void recordsAreApartFromTheEntries() throws DatastoreException {
        table.write(new TableChanges().record("a", ONE).put(A, TWO).record("", TWO));
        assertArrayEquals(ONE, table.record("a").orElseThrow());
        assertArrayEquals(TWO, table.record("").orElseThrow());
        assertEquals(Optional.empty(), table.record("/a"));
        assertEquals(List.of(A), keys(Optional.empty()));
    }

    @Test
    void whatIsGivenAndGotMayBeChangedByNobodyElse() throws DatastoreException {
        byte[] given = {7};
        table.write(new TableChanges().put(A, given));
        given[0] = 8;
        assertArrayEquals(new byte[] {7}, table.get(A));
    }

    @Test
    void aScanShowsEverythingInByteOrder() throws DatastoreException {
        List<Key> expected = fillWithAllSorts();
        assertEquals(expected, keys(Optional.empty()));
        try (KeyTable.Scan scan = table.scan(Optional.empty())) {
            while (scan.next()) {
                assertArrayEquals(valueOf(scan.key()), scan.value());
            }
            assertFalse(scan.next());
        }
    }

    @Test
    void aScanBeginsBehindAKeyThatNeedNotBeThere() throws DatastoreException {
        List<Key> all = fillWithAllSorts();
        List<Key> starts = new ArrayList<>(all.subList(0, Math.min(200, all.size())));
        starts.addAll(List.of(Key.of("/CIQ"), Key.of("/CIR"), Key.of("/CIP~"), Key.of("/~~"), Key.ROOT, block(77)));
        all.forEach(key -> starts.add(Key.raw(key.isRoot() ? "/!" : key + "!")));
        for (Key start : starts) {
            List<Key> expected = all.stream()
                    .filter(key -> Key.BYTE_ORDER.compare(key, start) > 0)
                    .limit(5)
                    .toList();
            assertEquals(expected, firstKeys(Optional.of(start), 5), () -> "behind " + start);
        }
    }

    @Test
    void aScanShowsOneMoment() throws DatastoreException {
        table.write(new TableChanges().put(A, ONE).put(block(1), ONE).put(block(2), ONE));
        try (KeyTable.Scan scan = table.scan(Optional.empty())) {
            table.write(
                    new TableChanges().remove(A).remove(block(2)).put(B, TWO).put(block(1), TWO));
            List<Key> seen = new ArrayList<>();
            while (scan.next()) {
                seen.add(scan.key());
                assertArrayEquals(ONE, scan.value());
            }
            assertEquals(sorted(List.of(A, block(1), block(2))), seen);
        }
    }

    @Test
    void whatWasWrittenIsThereInTheNextSession() throws DatastoreException {
        table.write(new TableChanges().put(A, ONE).put(block(1), TWO).intend(B).record("r", ONE));
        table.write(new TableChanges().put(block(2), ONE).remove(block(2)));
        reopen();
        assertFalse(table.hasLostWrites());
        assertArrayEquals(ONE, table.get(A));
        assertArrayEquals(TWO, table.get(block(1)));
        assertNull(table.get(block(2)));
        assertEquals(List.of(B), table.intents());
        assertArrayEquals(ONE, table.record("r").orElseThrow());
        reopen();
        assertFalse(table.hasLostWrites());
    }

    @Test
    void tablesAreApart() throws DatastoreException {
        table.write(new TableChanges().put(A, ONE));
        try (KeyTable others = tables().open("others")) {
            assertNull(others.get(A));
        }
    }

    @Test
    void aClosedTableSaysSo() throws DatastoreException {
        table.close();
        assertThrows(DatastoreException.class, () -> table.get(A));
        assertThrows(DatastoreException.class, () -> table.record("r"));
        assertThrows(DatastoreException.class, table::intents);
        assertThrows(DatastoreException.class, () -> table.write(new TableChanges().put(A, ONE)));
        assertThrows(DatastoreException.class, table::sync);
        assertThrows(DatastoreException.class, () -> table.scan(Optional.empty()));
        table.close();
    }

    @Test
    void whoReadsSeesAllOfAWriteOrNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Callable<Integer> reader = () -> {
            int scans = 0;
            for (; !over.get() || scans == 0; scans++) {
                assertPairsAgree();
            }
            return scans;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (int i = 1; i <= 500; i++) {
                byte[] value = ByteBuffer.allocate(4).putInt(i).array();
                table.write(new TableChanges().put(A, value).put(block(1), value));
            }
            over.set(true);
            for (Future<Integer> one : readers) {
                assertTrue(one.get() > 0);
            }
        }
    }

    @Test
    void manyWriteAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                int first = writer * 100;
                writers.add(threads.submit(() -> {
                    for (int i = first; i < first + 100; i++) {
                        table.write(new TableChanges().intend(block(i)));
                        table.write(new TableChanges()
                                .put(block(i), valueOf(block(i)))
                                .settle(block(i)));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        reopen();
        assertFalse(table.hasLostWrites());
        assertEquals(List.of(), table.intents());
        assertEquals(800, keys(Optional.empty()).size());
    }

    /** A key such as that of a block: the base32 of a sha2-256 multihash. */
    protected static Key block(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("/CIQ").append((char) ('A' + random.nextInt(16)));
        for (int i = 0; i < 50; i++) {
            text.append(BASE32.charAt(random.nextInt(32)));
        }
        return Key.raw(text.append("AIQY".charAt(random.nextInt(4))).toString());
    }

    /** What a test puts for a key. */
    protected static byte[] valueOf(Key key) {
        return ByteBuffer.allocate(4).putInt(key.hashCode()).array();
    }

    private void assertPairsAgree() throws DatastoreException {
        List<byte[]> values = new ArrayList<>();
        try (KeyTable.Scan scan = table.scan(Optional.empty())) {
            while (scan.next()) {
                values.add(scan.value());
            }
        }
        assertTrue(values.isEmpty() || values.size() == 2);
        if (!values.isEmpty()) {
            assertArrayEquals(values.getFirst(), values.getLast());
        }
    }

    /** Keys of blocks, keys that nearly are, and others; in byte order. */
    private List<Key> fillWithAllSorts() throws DatastoreException {
        long seed = System.nanoTime();
        System.out.println("KeyTableContract: seed " + seed);
        Set<Key> keys = new TreeSet<>(Key.BYTE_ORDER);
        for (int i = 0; i < 300; i++) {
            keys.addAll(nearly(block(seed + i).toString(), i));
        }
        for (String text :
                List.of("/", "/CIQ", "/CIR", "/CIP", "/CIQ/a", "/a", "/a/b", "/a-b", "/ä", "/\uffff", "/😀")) {
            keys.add(Key.raw(text));
        }
        TableChanges changes = new TableChanges();
        keys.forEach(key -> changes.put(key, valueOf(key)));
        table.write(changes);
        keys.forEach(this::assertHolds);
        return List.copyOf(keys);
    }

    private void assertHolds(Key key) {
        try {
            assertArrayEquals(valueOf(key), table.get(key), () -> "of " + key);
        } catch (DatastoreException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Key> nearly(String block, int way) {
        String other = switch (way % 10) {
            case 0 -> block.substring(0, 10 + way % 40);
            case 1 -> block + "A";
            case 2 -> block.substring(0, 54) + "B";
            case 3 -> "/CIQQ" + block.substring(5);
            case 4 -> "/CIQ2" + block.substring(5);
            case 5 -> block.substring(0, 30) + "0" + block.substring(31);
            case 6 -> block.substring(0, 30) + "a" + block.substring(31);
            case 7 -> block.substring(0, 30) + "/" + block.substring(31);
            case 8 -> block.substring(0, 30) + "é" + block.substring(31);
            default -> "/AFK" + block.substring(4);
        };
        return List.of(Key.raw(block), Key.raw(other));
    }

    private List<Key> keys(Optional<Key> after) throws DatastoreException {
        return firstKeys(after, Integer.MAX_VALUE);
    }

    private List<Key> firstKeys(Optional<Key> after, int most) throws DatastoreException {
        List<Key> keys = new ArrayList<>();
        try (KeyTable.Scan scan = table.scan(after)) {
            while (keys.size() < most && scan.next()) {
                keys.add(scan.key());
            }
        }
        return keys;
    }

    private static List<Key> sorted(List<Key> keys) {
        return keys.stream().sorted(Key.BYTE_ORDER).toList();
    }
}
