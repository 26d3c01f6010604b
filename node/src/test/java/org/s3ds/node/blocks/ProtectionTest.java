package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.ScriptedDatastore;

/** What a collector leaves alone, and who waits for it. */
class ProtectionTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);

    private final MemoryDatastore store = new MemoryDatastore();
    private final Blockstore blocks = new Blockstore(store, HashPolicy.kubo());
    private final Block block = Block.hash(RAW, "a block".getBytes(StandardCharsets.UTF_8));
    private final List<Multihash> hashes = List.of(block.cid().hash());

    @Test
    void whatNobodyTouchedIsRemoved() throws Exception {
        blocks.put(block);
        try (Collector collector = blocks.collect()) {
            assertFalse(collector.isProtected(block.cid().hash()));
            assertEquals(hashes, collector.remove(hashes));
        }
        assertFalse(blocks.has(block.cid()));
    }

    @Test
    void whatWasTouchedInAScopeThatIsOpenAtTheBeginStays() throws Exception {
        Scope scope = blocks.protect();
        scope.blocks().put(block);
        try (Collector collector = blocks.collect()) {
            scope.close();
            assertTrue(collector.isProtected(block.cid().hash()));
            assertEquals(List.of(), collector.remove(hashes));
        }
        assertTrue(blocks.has(block.cid()));
    }

    @Test
    void whatIsTouchedSinceTheBeginStaysInWhateverWay() throws Exception {
        for (Use use : List.<Use>of(
                all -> all.has(block.cid()),
                all -> all.get(block.cid()),
                all -> all.size(block.cid()),
                all -> all.require(block.cid()),
                all -> all.put(block))) {
            blocks.put(block);
            try (Collector collector = blocks.collect()) {
                try (Scope scope = blocks.protect()) {
                    use.of(scope.blocks());
                }
                assertEquals(List.of(), collector.remove(hashes));
            }
        }
    }

    @Test
    void aPutOutsideAScopeSinceTheBeginStays() throws Exception {
        try (Collector collector = blocks.collect()) {
            blocks.put(block);
            assertEquals(List.of(), collector.remove(hashes));
        }
    }

    @Test
    void whatWasTouchedInAScopeThatIsOverGoes() throws Exception {
        try (Scope scope = blocks.protect()) {
            scope.blocks().put(block);
        }
        try (Collector collector = blocks.collect()) {
            assertEquals(hashes, collector.remove(hashes));
        }
    }

    @Test
    void theNextCollectionForgetsWhatTheLastOneKept() throws Exception {
        Scope scope = blocks.protect();
        scope.blocks().put(block);
        blocks.collect().close();
        scope.close();
        try (Collector collector = blocks.collect()) {
            assertEquals(hashes, collector.remove(hashes));
        }
    }

    @Test
    void whoPutsABlockThatIsBeingRemovedPutsItAfterwards() throws Exception {
        blocks.put(block);
        CountDownLatch deleting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Blockstore slow = new Blockstore(
                new ScriptedDatastore(store, (call, key) -> {
                    if (call.equals("delete")) {
                        deleting.countDown();
                        await(goOn);
                    }
                }),
                HashPolicy.kubo());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Collector collector = slow.collect();
                Scope scope = slow.protect()) {
            Future<List<Multihash>> removed = threads.submit(() -> collector.remove(hashes));
            deleting.await();
            Future<?> put = threads.submit(() -> {
                scope.blocks().put(block);
                return block;
            });
            Future<Boolean> found = threads.submit(() -> scope.blocks().has(block.cid()));
            assertTrue(store.has(BlockKey.of(block.cid().hash())));
            goOn.countDown();
            assertEquals(hashes, removed.get());
            put.get();
            found.get();
        }
        assertTrue(blocks.has(block.cid()));
    }

    @Test
    void aRemovalThatFailsLetsWritersGoOn() throws Exception {
        Blockstore failing = new Blockstore(
                new ScriptedDatastore(store, (call, key) -> {
                    if (call.equals("delete")) {
                        throw new DatastoreException("no");
                    }
                }),
                HashPolicy.kubo());
        failing.put(block);
        try (Collector collector = failing.collect()) {
            assertThrows(IOException.class, () -> collector.remove(hashes));
            failing.put(block);
        }
        assertTrue(failing.has(block.cid()));
    }

    @Test
    void aWaitForAnotherCollectionCanBeInterrupted() throws Exception {
        try (Collector _ = blocks.collect()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, blocks::collect);
            assertTrue(Thread.interrupted());
        }
        blocks.collect().close();
    }

    @Test
    void aScopeThatHoldsOffIsWaitedFor() throws Exception {
        Scope scope = blocks.protect();
        assertTrue(scope.holdOff());
        Thread collector = Thread.ofVirtual().unstarted(() -> {
            try {
                blocks.collect().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        collector.start();
        while (collector.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        try (Scope late = blocks.protect()) {
            assertFalse(late.holdOff(), "a collection that waits is not put off by others");
            assertTrue(scope.holdOff());
        }
        scope.close();
        collector.join();
    }

    @Test
    void aCollectionThatRunsIsNotHeldOff() throws Exception {
        try (Collector _ = blocks.collect();
                Scope scope = blocks.protect()) {
            assertFalse(scope.holdOff());
        }
        try (Scope scope = blocks.protect()) {
            assertTrue(scope.holdOff());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Use {
        void of(Blockstore all) throws IOException;
    }
}
