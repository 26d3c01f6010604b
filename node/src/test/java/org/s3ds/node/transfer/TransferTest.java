package org.s3ds.node.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.HashFunction;
import org.s3ds.node.ScriptedDatastore;

/** What is copied, what is not, and what becomes of blocks that are not as they should be. */
final class TransferTest {
    private static final int BLOCKS = 500;

    @TempDir
    private Path folder;

    private final MemoryDatastore from = new MemoryDatastore();
    private final MemoryDatastore to = new MemoryDatastore();
    private final Map<Key, byte[]> blocks = OddBlocks.small(BLOCKS);
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, DatastoreException> failing = new ConcurrentHashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Set<Key> seen = new HashSet<>();
    private Known there;

    @BeforeEach
    void fill() throws IOException {
        blocks.putAll(OddBlocks.odd());
        for (Map.Entry<Key, byte[]> block : blocks.entrySet()) {
            from.put(block.getKey(), block.getValue());
        }
        there = Known.open(folder.resolve("there"));
    }

    @AfterEach
    void close() throws IOException {
        there.close();
    }

    @Test
    void everyBlockIsReadAndPutOnce() throws IOException {
        TransferReport report = run();
        assertEquals(bytes(), report.copied());
        assertEquals(report.listed(), report.copied());
        assertEquals(0, report.present().count());
        assertTargetIs(blocks);
        assertEquals(blocks.size(), count("get"));
        assertEquals(blocks.size(), count("put"));
        assertEquals(blocks.keySet(), seen);
        assertEquals(bytes(), there.totals());
        report.requireWhole();
    }

    @Test
    void whatIsThereIsNotReadAndWhatHasAnotherSizeIsPutAgain() throws IOException {
        Iterator<Map.Entry<Key, byte[]>> all = blocks.entrySet().iterator();
        Map.Entry<Key, byte[]> same = all.next();
        Map.Entry<Key, byte[]> other = all.next();
        to.put(same.getKey(), same.getValue());
        to.put(other.getKey(), new byte[3]);
        there.fill(to, so -> {});
        TransferReport report = run();
        assertEquals(new Totals(1, same.getValue().length), report.present());
        assertEquals(blocks.size() - 1, report.copied().count());
        assertEquals(blocks.size() - 1, count("get"));
        assertTargetIs(blocks);
    }

    @Test
    void aSecondRunDoesNothing() throws IOException {
        run();
        calls.clear();
        TransferReport report = run();
        assertEquals(bytes(), report.present());
        assertEquals(0, count("get"));
        assertEquals(0, count("put"));
    }

    @Test
    void aDryRunReadsAndWritesNothing() throws IOException {
        TransferReport report = run(TransferOptions.DEFAULT.toCount());
        assertEquals(bytes(), report.copied());
        assertEquals(List.of("query /"), calls);
        assertTargetIs(Map.of());
    }

    @Test
    void aCorruptBlockIsNamedAndNeverPutAndTheOthersAreCopied() throws IOException {
        Key key = blocks.keySet().iterator().next();
        from.put(key, "other bytes".getBytes(StandardCharsets.UTF_8));
        TransferReport report = run();
        blocks.remove(key);
        assertTargetIs(blocks);
        assertEquals(1, report.corrupt().count());
        assertEquals(told, report.corrupt().first());
        assertTrue(told.getFirst().contains("the value of " + key), told.getFirst());
        IOException failure = assertThrows(IOException.class, report::requireWhole);
        assertEquals("1 block could not be copied, and all others were: " + told.getFirst(), failure.getMessage());
    }

    @Test
    void aBlockThatIsGoneIsCounted() throws IOException {
        Key key = blocks.keySet().iterator().next();
        TransferReport report = new Transfer(from(), to(), there, TransferOptions.DEFAULT, new TransferListener() {
                    @Override
                    public void progress(TransferProgress so) {}

                    @Override
                    public void seen(Key named, long size) throws IOException {
                        if (named.equals(key)) {
                            from.delete(key);
                        }
                    }
                })
                .run();
        assertEquals(1, report.gone());
        report.requireWhole();
        blocks.remove(key);
        assertTargetIs(blocks);
    }

    @Test
    void namesThatAreNoBlocksAreCountedAndPassedOver() throws IOException {
        Key identity = OddBlocks.key(HashFunction.IDENTITY, new byte[1]);
        List<Key> others =
                List.of(Key.of("README"), Key.of("ciqlower"), Key.of("a/b"), identity, Key.of(".s3ds/claim/1"));
        for (Key key : others) {
            from.put(key, new byte[1]);
        }
        TransferReport report = run();
        assertEquals(others.size() - 1, report.foreign().count());
        assertEquals(
                Set.of("README", "ciqlower", "a/b", identity.base()),
                Set.copyOf(report.foreign().first()));
        assertTargetIs(blocks);
    }

    @Test
    void oneBlockThatCannotBeReadIsBadAndTheOthersAreCopied() throws IOException {
        Key key = blocks.keySet().iterator().next();
        failing.put("get " + key, new DatastoreException("cannot read " + key + ": Input/output error"));
        TransferReport report = run();
        assertEquals(
                List.of("cannot read " + key + ": Input/output error"),
                report.corrupt().first());
        assertEquals(blocks.size() - 1, report.copied().count());
        assertThrows(IOException.class, report::requireWhole);
        assertEquals(1, run().corrupt().count(), "also when all others are there");
    }

    @Test
    void whereNothingCanBeReadTheRunFails() {
        blocks.keySet().forEach(key -> failing.put("get " + key, new DatastoreException("no route to host")));
        assertEquals(
                "no route to host", assertThrows(IOException.class, this::run).getMessage());
        assertEquals(0, count("put"));
    }

    @Test
    void whatCannotBeStoredEndsTheRunAndTheNextDoesTheRest() throws IOException {
        List<Key> keys = List.copyOf(blocks.keySet());
        failing.put("put " + keys.get(BLOCKS / 2), new DatastoreException("no space left on device"));
        assertEquals(
                "no space left on device",
                assertThrows(IOException.class, this::run).getMessage());
        failing.clear();
        try (Known anew = Known.open(folder.resolve("anew"))) {
            long before = anew.fill(to, so -> {});
            calls.clear();
            TransferReport report = new Transfer(from(), to(), anew, TransferOptions.DEFAULT, this::progress).run();
            assertEquals(before, report.present().count());
            assertEquals(blocks.size() - before, count("put"));
        }
        assertTargetIs(blocks);
    }

    @Test
    void whatIsCopiedIsSynced() throws IOException {
        run();
        assertEquals("sync /", calls.getLast());
    }

    @Test
    void progressNeverGoesBackAndEndsWithAll() throws IOException {
        List<TransferProgress> all = new ArrayList<>();
        new Transfer(from(), to(), there, TransferOptions.DEFAULT, all::add).run();
        for (int i = 1; i < all.size(); i++) {
            assertTrue(all.get(i).copied().count() >= all.get(i - 1).copied().count());
            assertTrue(all.get(i).listed().count() >= all.get(i - 1).listed().count());
        }
        assertEquals(new TransferProgress(bytes(), new Totals(0, 0), bytes(), true), all.getLast());
    }

    private void progress(TransferProgress so) {
        assertTrue(so.copied().count() + so.present().count() <= so.listed().count());
    }

    private TransferReport run() throws IOException {
        return run(TransferOptions.DEFAULT);
    }

    private TransferReport run(TransferOptions options) throws IOException {
        return new Transfer(from(), to(), there, options, new TransferListener() {
                    @Override
                    public void progress(TransferProgress so) {
                        TransferTest.this.progress(so);
                    }

                    @Override
                    public void seen(Key key, long size) {
                        seen.add(key);
                    }

                    @Override
                    public void bad(String sentence) {
                        told.add(sentence);
                    }
                })
                .run();
    }

    private ScriptedDatastore from() {
        return new ScriptedDatastore(from, this::before);
    }

    private ScriptedDatastore to() {
        return new ScriptedDatastore(to, this::before);
    }

    private void before(String call, Key key) throws DatastoreException {
        calls.add(call + " " + key);
        DatastoreException failure = failing.get(call + " " + key);
        if (failure != null) {
            throw failure;
        }
    }

    private long count(String call) {
        return List.copyOf(calls).stream()
                .filter(made -> made.startsWith(call + " "))
                .count();
    }

    private Totals bytes() {
        return new Totals(
                blocks.size(),
                blocks.values().stream().mapToLong(value -> value.length).sum());
    }

    private void assertTargetIs(Map<Key, byte[]> expected) throws IOException {
        List<Entry> entries = to.query(Query.of(Key.ROOT)).rest();
        assertEquals(expected.size(), entries.size());
        for (Entry entry : entries) {
            assertArrayEquals(expected.get(entry.key()), entry.value().orElseThrow());
        }
    }
}
