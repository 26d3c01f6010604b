package org.s3ds.node.blocks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Multihash;

/**
 * Blocks that were read, and whose hash was right, in memory. Thread-safe.
 *
 * <ul>
 *   <li>What is in it says what a block's bytes are, never that the store has it.
 *   <li>A block whose removal here has returned is not in it: {@link #keep} refuses what was read before the last
 *       removal ended.
 *   <li>It costs nothing until a second block is kept: most commands read one.
 * </ul>
 */
final class BlockCache {
    /** Keeps nothing. */
    static final BlockCache NONE = new BlockCache(0, Metrics.none());

    private final long most;
    private final Metrics metrics;

    /** Under it nothing is asked of anybody: no removal comes between a look at {@link #removals} and what is kept. */
    private final ReentrantLock lock = new ReentrantLock();

    private final AtomicLong removals = new AtomicLong();
    private @Nullable Block first;
    private volatile @Nullable CachedBlocks blocks;

    /** @param most bytes; 0 for none */
    BlockCache(long most, Metrics metrics) {
        this.most = most;
        this.metrics = metrics;
    }

    /** The bytes of a block, not to be changed; null when they are not here. */
    byte @Nullable [] get(Multihash hash) {
        CachedBlocks all = blocks;
        return all == null ? ofFirst(hash) : all.get(hash);
    }

    private byte @Nullable [] ofFirst(Multihash hash) {
        lock.lock();
        try {
            return first != null && first.cid().hash().equals(hash) ? first.data() : null;
        } finally {
            lock.unlock();
        }
    }

    /** How many removals have ended; to be asked before a block is read that may be kept then. */
    long removals() {
        return removals.get();
    }

    /**
     * Keeps a block that was read.
     *
     * @param before what {@link #removals} were before the read began
     */
    void keep(Block block, long before) {
        if (most == 0) {
            return;
        }
        lock.lock();
        try {
            if (removals.get() == before) {
                keep(block);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Block block) {
        CachedBlocks all = blocks;
        if (all != null) {
            all.put(block);
        } else if (first == null && block.size() <= most) {
            first = block;
        } else {
            all = new CachedBlocks(most, metrics);
            if (first != null) {
                all.put(first);
                first = null;
            }
            all.put(block);
            blocks = all;
        }
    }

    /** Forgets the bytes of a block, as the store may hold others. */
    void forget(Multihash hash) {
        if (most > 0) {
            lock.lock();
            try {
                drop(hash);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Forgets blocks whose removal from the store has ended, well or not. */
    void forgetRemoved(Iterable<Multihash> hashes) {
        lock.lock();
        try {
            removals.incrementAndGet();
            hashes.forEach(this::drop);
        } finally {
            lock.unlock();
        }
    }

    private void drop(Multihash hash) {
        CachedBlocks all = blocks;
        if (all != null) {
            all.remove(hash);
        } else if (first != null && first.cid().hash().equals(hash)) {
            first = null;
        }
    }

    /** Forgets everything. */
    void clear() {
        lock.lock();
        try {
            CachedBlocks all = blocks;
            if (all != null) {
                all.close();
            }
            blocks = null;
            first = null;
        } finally {
            lock.unlock();
        }
    }
}
