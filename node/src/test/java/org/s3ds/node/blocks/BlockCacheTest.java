package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.ScriptedDatastore;

/** Which reads ask the store when blocks are kept in memory. */
class BlockCacheTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);
    private static final CidFormat NODE = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);

    private final MemoryDatastore memory = new MemoryDatastore();
    private final MemoryMetrics metrics = new MemoryMetrics();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Random random = new Random(8);
    private final Blockstore blocks = cached(1 << 20);

    private Blockstore cached(long bytes) {
        return new Blockstore(new ScriptedDatastore(memory, (call, _) -> calls.add(call)), HashPolicy.kubo())
                .caching(bytes, metrics);
    }

    private Cid leaf(int size) throws IOException {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return put(Block.hash(RAW, data));
    }

    private Cid put(Block block) throws IOException {
        blocks.put(block);
        calls.clear();
        return block.cid();
    }

    private List<String> callsOf(Cid... cids) throws IOException {
        calls.clear();
        for (Cid cid : cids) {
            blocks.get(cid);
        }
        return List.copyOf(calls);
    }

    @Test
    void aBlockIsReadOnce() throws Exception {
        Cid one = leaf(10);
        Cid other = leaf(11);
        Cid third = leaf(12);
        assertEquals(List.of("get", "get", "get"), callsOf(one, other, third));
        assertEquals(List.of(), callsOf(one, other, third, Cid.v1(Multicodec.DAG_PB, one.hash())));
        assertEquals(4, metrics.counters().get("s3ds.block_cache.lookups{result=\"hit\"}"));
        assertEquals(1, metrics.counters().get("s3ds.block_cache.lookups{result=\"miss\"}"), "the third block");
    }

    @Test
    void whetherABlockIsThereIsAskedOfTheStore() throws Exception {
        Cid cid = leaf(10);
        blocks.get(cid);
        memory.delete(BlockKey.of(cid.hash()));
        calls.clear();
        blocks.has(cid);
        blocks.size(cid);
        assertThrows(MissingBlockException.class, () -> blocks.getStored(cid));
        assertThrows(MissingBlockException.class, () -> blocks.unaided().get(cid));
        assertEquals(List.of("has", "size", "size", "get"), calls);
    }

    @Test
    void aBlockInMemoryIsProvenByItsSize() throws Exception {
        Cid cid = leaf(10);
        blocks.getStored(cid);
        blocks.getStored(cid);
        assertEquals(List.of("get", "size"), calls);
    }

    @Test
    void whatWasPutIsReadAgain() throws Exception {
        Cid cid = leaf(10);
        blocks.get(cid);
        blocks.put(blocks.get(cid));
        assertEquals(List.of("get"), callsOf(cid));
    }

    @Test
    void whatWasRemovedIsGone() throws Exception {
        Cid one = leaf(10);
        Cid other = leaf(11);
        for (Cid cid : List.of(one, other)) {
            blocks.get(cid);
            remove(cid);
            assertThrows(MissingBlockException.class, () -> blocks.get(cid));
        }
    }

    private void remove(Cid cid) throws IOException {
        try (Collector collector = blocks.collect()) {
            collector.remove(List.of(cid.hash()));
        }
    }

    @Test
    void whatWasReadBeforeARemovalEndedIsNotKept() throws Exception {
        Cid cid = leaf(10);
        Runnable[] meanwhile = {() -> {}};
        Blockstore slow = new Blockstore(
                        new ScriptedDatastore(memory, (_, _) -> {}) {
                            @Override
                            public Optional<byte[]> get(Key key) throws DatastoreException {
                                Optional<byte[]> value = super.get(key);
                                meanwhile[0].run();
                                return value;
                            }
                        },
                        HashPolicy.kubo())
                .caching(1 << 20, Metrics.none());
        meanwhile[0] = () -> {
            try (Collector collector = slow.collect()) {
                collector.remove(List.of(cid.hash()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        slow.get(cid);
        assertThrows(MissingBlockException.class, () -> slow.get(cid));
    }

    @Test
    void blocksWithLinksStayBeforeLeaves() throws Exception {
        List<Cid> nodes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Link link = new Link("link " + i, leaf(1), 1);
            nodes.add(put(
                    Block.hash(NODE, PbNode.of(List.of(link), new byte[10_000]).encode())));
        }
        callsOf(nodes.toArray(Cid[]::new));
        for (int i = 0; i < 200; i++) {
            callsOf(leaf(50_000));
        }
        assertEquals(List.of(), callsOf(nodes.toArray(Cid[]::new)));
        double bytes = metrics.gauges().getOrDefault("s3ds.block_cache.bytes", 0.0);
        assertTrue(bytes > 900_000 && bytes <= 1 << 20, "kept: " + bytes);
    }

    @Test
    void leavesHaveTheRoomThatNodesLeave() throws Exception {
        for (int i = 0; i < 30; i++) {
            callsOf(leaf(30_000));
        }
        for (int i = 0; i < 300; i++) {
            Link link = new Link("link " + i, leaf(1), 1);
            callsOf(put(
                    Block.hash(NODE, PbNode.of(List.of(link), new byte[10_000]).encode())));
        }
        double bytes = metrics.gauges().getOrDefault("s3ds.block_cache.bytes", 0.0);
        assertTrue(bytes > 900_000 && bytes <= 1 << 20, "kept: " + bytes);
        Cid last = leaf(30_000);
        assertEquals(List.of("get", "get"), callsOf(last, last), "nodes have it all");
    }

    @Test
    void nothingIsShownOfACacheThatWasGivenUp() throws Exception {
        callsOf(leaf(10), leaf(11), leaf(12));
        assertTrue(metrics.gauges().containsKey("s3ds.block_cache.bytes"));
        blocks.giveUpCache();
        assertEquals(List.of(), List.copyOf(metrics.gauges().keySet()));
    }

    @Test
    void withoutACacheEachReadAsks() throws Exception {
        Cid one = leaf(10);
        Cid other = leaf(11);
        Blockstore none = cached(0);
        for (Cid cid : List.of(one, other, one, other)) {
            none.get(cid);
        }
        assertEquals(List.of("get", "get", "get", "get"), calls);
    }
}
