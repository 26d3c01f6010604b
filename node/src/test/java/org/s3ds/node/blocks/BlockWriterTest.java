package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;

@Timeout(30)
final class BlockWriterTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);

    private final GatedStore store = new GatedStore();

    @Test
    void flushWaitsForEveryBlock() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            for (int i = 0; i < 1000; i++) {
                store.open(i);
                writer.put(block(i));
            }
            writer.flush();
            assertEquals(1000, store.stored.size());
            assertEquals(1000, writer.blocks());
        }
    }

    @Test
    void aMultihashIsStoredOnce() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            store.open(1);
            for (int i = 0; i < 10; i++) {
                writer.put(block(1));
                writer.put(Block.of(block(1).cid().toV1(), block(1).data()));
            }
            writer.flush();
            writer.put(block(1));
            writer.flush();
        }
        assertEquals(1, store.stored.size());
    }

    @Test
    void identityCidsAreNotStored() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            writer.put(Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.IDENTITY), new byte[] {1}));
            writer.flush();
        }
        assertEquals(0, store.calls.get());
    }

    @Test
    void aReceiptAnswersForTheBlocksBeforeItOnly() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            writer.put(block(1));
            Receipt first = writer.mark();
            writer.put(block(2));
            Receipt second = writer.mark();
            assertFalse(first.isDone());

            store.open(1);
            first.await(); // block 2 is still held back
            assertTrue(first.isDone());
            assertFalse(second.isDone());

            store.open(2);
            second.await();
            assertTrue(second.isDone());
        }
    }

    @Test
    void aReceiptWaitsForADuplicateThatIsStillOnItsWay() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            writer.put(block(1));
            writer.put(block(2));
            store.open(2);
            writer.put(block(1)); // the second file holds nothing else
            Receipt second = writer.mark();
            assertFalse(second.isDone());
            store.open(1);
            second.await();
        }
    }

    @Test
    void aReceiptOfNothingIsDone() {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            assertTrue(writer.mark().isDone());
        }
    }

    @Test
    void noMoreThanTheWindowIsInFlight() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, new Window(3, 1 << 20))) {
            Thread putter = Thread.ofVirtual().start(() -> putAll(writer, 10));
            store.awaitCalls(3);
            awaitWaiting(putter);
            assertEquals(3, store.calls.get());
            for (int i = 0; i < 10; i++) {
                store.open(i);
            }
            putter.join();
            writer.flush();
        }
        assertEquals(3, store.most.get());
        assertEquals(10, store.stored.size());
    }

    @Test
    void bytesAreBoundedAndALargerBlockGoesAlone() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, new Window(100, 2))) {
            for (int i = 0; i < 10; i++) {
                store.open(i);
            }
            putAll(writer, 10); // of 8 bytes each
            writer.flush();
        }
        assertEquals(1, store.most.get());
        assertEquals(10, store.stored.size());
    }

    @Test
    void aFailureIsThrownByFlushAndByTheNextPut() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            IOException no = new IOException("no");
            writer.put(block(0));
            Receipt before = writer.mark();
            store.open(0);
            before.await();
            store.fail(1, no);
            writer.put(block(1));
            assertSame(no, assertThrows(IOException.class, writer::flush));
            assertSame(no, assertThrows(IOException.class, () -> writer.put(block(2))));
            assertFalse(writer.mark().isDone());
            assertTrue(before.isDone());
            before.await();
        }
    }

    @Test
    void afterAFailureOnlyReceiptsThatIncludeItFail() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            writer.put(block(1));
            Receipt good = writer.mark();
            writer.put(block(2));
            Receipt bad = writer.mark();
            store.fail(2, new IOException("no"));
            assertThrows(IOException.class, bad::await);
            store.open(1);
            good.await();
        }
    }

    @Test
    void aBreakInTheStoreIsAFailureToo() throws Exception {
        BlockWriter writer = new BlockWriter(
                block -> {
                    throw new IllegalStateException("bug");
                },
                Window.DEFAULT);
        try (writer) {
            writer.put(block(1));
            IOException e = assertThrows(IOException.class, writer::flush);
            assertEquals(
                    "could not store " + block(1).cid() + ": java.lang.IllegalStateException: bug", e.getMessage());
        }
    }

    @Test
    void aPutThatWaitsLearnsOfTheFailure() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, new Window(1, 1 << 20))) {
            writer.put(block(1));
            List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
            Thread putter = Thread.ofVirtual().start(() -> {
                try {
                    writer.put(block(2));
                } catch (IOException e) {
                    thrown.add(e);
                }
            });
            awaitWaiting(putter);
            store.fail(1, new IOException("no"));
            putter.join();
            assertEquals("no", thrown.getFirst().getMessage());
        }
    }

    @Test
    void anInterruptedWaitThrowsAndLeavesTheFlagSet() throws Exception {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT)) {
            writer.put(block(1));
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, writer::flush);
            assertTrue(Thread.interrupted());
            store.open(1);
        }
    }

    @Test
    void closeCancelsWhatIsInFlightAndLeavesNoThread() throws Exception {
        BlockWriter writer = new BlockWriter(store, Window.DEFAULT);
        putAll(writer, 5);
        Receipt all = writer.mark();
        store.awaitCalls(5);
        writer.close();
        assertEquals(5, store.ended.get());
        assertThrows(IOException.class, all::await);
        writer.close();
    }

    @Test
    void aClosedWriterTakesNothing() {
        BlockWriter writer = new BlockWriter(store, Window.DEFAULT);
        writer.close();
        assertThrows(IllegalStateException.class, () -> writer.put(block(1)));
    }

    private static void putAll(BlockWriter writer, int count) {
        try {
            for (int i = 0; i < count; i++) {
                writer.put(block(i));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static Block block(int number) {
        return Block.hash(RAW, "block %02d".formatted(number).getBytes(StandardCharsets.UTF_8));
    }

    /** Holds every put back until its block is let through or made to fail. */
    private static final class GatedStore implements BlockSink {
        private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
        private final Map<String, IOException> failures = new ConcurrentHashMap<>();
        private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public void put(Block block) throws IOException {
            String name = block.cid().hash().toString();
            most.accumulateAndGet(calls.incrementAndGet() - ended.get(), Math::max);
            try {
                gate(name).await();
                IOException failure = failures.get(name);
                if (failure != null) {
                    throw failure;
                }
                stored.add(name);
            } catch (InterruptedException _) {
                throw new InterruptedIOException("cancelled");
            } finally {
                ended.incrementAndGet();
            }
        }

        void open(int number) {
            gate(block(number).cid().hash().toString()).countDown();
        }

        void fail(int number, IOException failure) {
            failures.put(block(number).cid().hash().toString(), failure);
            open(number);
        }

        void awaitCalls(int count) {
            while (calls.get() < count) {
                Thread.onSpinWait();
            }
        }

        private CountDownLatch gate(String name) {
            return gates.computeIfAbsent(name, key -> new CountDownLatch(1));
        }
    }
}
