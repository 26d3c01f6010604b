package org.s3ds.node.blocks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.PbNode;

/**
 * As many bytes of blocks as there is room for. Blocks with links come first: every way to a leaf leads through them.
 * Leaves have the room that those leave. Any thread may get; who changes it is one at a time.
 */
final class CachedBlocks implements AutoCloseable {
    /** What a block takes beside its bytes, about: its name, and what the tables have of it. */
    private static final int BESIDE = 200;

    private final long most;
    private final Cache<Multihash, byte[]> nodes;
    private final Cache<Multihash, byte[]> leaves;
    private final Metrics.Counter hits;
    private final Metrics.Counter misses;
    private final Metrics.Gauge shown;

    CachedBlocks(long most, Metrics metrics) {
        this.most = most;
        this.nodes = cache(most);
        this.leaves = cache(most);
        this.hits = asked(metrics, "hit");
        this.misses = asked(metrics, "miss");
        this.shown =
                metrics.gauge("s3ds.block_cache.bytes", "Memory that the block cache takes", Map.of(), this::bytes);
    }

    private static Cache<Multihash, byte[]> cache(long most) {
        return Caffeine.newBuilder()
                .maximumWeight(most)
                .<Multihash, byte[]>weigher((_, data) -> data.length + BESIDE)
                .executor(Runnable::run)
                .build();
    }

    private static Metrics.Counter asked(Metrics metrics, String result) {
        return metrics.counter(
                "s3ds.block_cache.lookups", "Reads of blocks that looked into the cache", Map.of("result", result));
    }

    byte @Nullable [] get(Multihash hash) {
        byte[] node = nodes.getIfPresent(hash);
        byte[] found = node == null ? leaves.getIfPresent(hash) : node;
        (found == null ? misses : hits).add(1);
        return found;
    }

    void put(Block block) {
        if (mayHaveLinks(block)) {
            nodes.put(block.cid().hash(), block.data());
            leaveRoom();
        } else {
            leaves.put(block.cid().hash(), block.data());
        }
    }

    /** Odd blocks are taken for leaves, and small ones without links for nodes, which does no harm. */
    private static boolean mayHaveLinks(Block block) {
        long codec = block.cid().codec();
        return PbNode.beginsWithLink(block) || !(BlockLinks.hasNone(codec) || codec == Multicodec.DAG_PB);
    }

    void remove(Multihash hash) {
        nodes.invalidate(hash);
        leaves.invalidate(hash);
        leaveRoom();
    }

    private void leaveRoom() {
        eviction(leaves).setMaximum(Math.max(0, most - weight(nodes)));
    }

    /** With what each block takes beside its bytes. */
    long bytes() {
        return weight(nodes) + weight(leaves);
    }

    private static long weight(Cache<Multihash, byte[]> cache) {
        return eviction(cache).weightedSize().orElseThrow();
    }

    private static Policy.Eviction<Multihash, byte[]> eviction(Cache<Multihash, byte[]> cache) {
        return cache.policy().eviction().orElseThrow();
    }

    /** Is shown no more. */
    @Override
    public void close() {
        shown.close();
    }
}
