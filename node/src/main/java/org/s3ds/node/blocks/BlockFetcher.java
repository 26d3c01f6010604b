package org.s3ds.node.blocks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;

/**
 * Reads the blocks of a DAG in preorder, fetching ahead on virtual threads. Belongs to one thread; that thread closes
 * it.
 *
 * <ul>
 *   <li>Only what the {@link Walk} asks for is fetched, and each once: a CID that is asked for again while its block is
 *       still in the window shares the fetch.
 *   <li>What fails to come fails at its turn: the blocks before it are given first.
 *   <li>Fetched ahead are siblings, up to {@code blocks} of the window at each level of the DAG; at no time are more
 *       than {@code blocks} requests in flight.
 *   <li>Nothing is begun ahead while what has come, and what is in flight, would be more than {@code bytes}; what is in
 *       flight counts as the largest block so far, 256 KiB at least. The block whose turn it is always comes.
 * </ul>
 */
public final class BlockFetcher implements AutoCloseable {
    /** What to visit below a block. */
    @FunctionalInterface
    public interface Walk {
        /**
         * The children to visit next, in this order, each with all that is below it before the next one. Called once
         * per block, in preorder, by the thread that calls {@link BlockFetcher#next}.
         */
        List<Cid> children(Block block) throws IOException;
    }

    private static final long EXPECTED_SIZE = 256 << 10;

    private final BlockSource source;
    private final Walk walk;
    private final Window window;
    private final Deque<Siblings> path = new ArrayDeque<>();
    private final Map<Cid, Fetch> fetches = new HashMap<>();

    /** Guards the fields below and the outcome of every {@link Fetch}; nothing is fetched under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Set<Thread> running = new HashSet<>();
    private long heldBytes;
    private long largest = EXPECTED_SIZE;
    private long begun;
    private boolean closed;

    /**
     * A reader of the DAG below a root. Begins to fetch at the first {@link #next}.
     *
     * @param source may be asked by many threads at once
     */
    public BlockFetcher(BlockSource source, Cid root, Walk walk, Window window) {
        this.source = source;
        this.walk = walk;
        this.window = window;
        path.push(new Siblings(List.of(root)));
    }

    /**
     * The next block in preorder, after the walk has been asked for its children.
     *
     * @return empty at the end
     * @throws IOException when the block could not be had or the walk refused it; then only close may follow
     * @throws IllegalStateException after close
     */
    public Optional<Block> next() throws IOException {
        if (closed) {
            throw new IllegalStateException("the fetcher is closed");
        }
        dropVisited();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        fetchAhead();
        Block block = take(path.element());
        List<Cid> children = walk.children(block);
        if (!children.isEmpty()) {
            path.push(new Siblings(children));
        }
        dropVisited();
        fetchAhead();
        return Optional.of(block);
    }

    /** Cancels what is in flight and waits for it to end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            running.forEach(Thread::interrupt);
            while (!running.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void dropVisited() {
        while (!path.isEmpty() && path.element().isVisited()) {
            path.pop();
        }
    }

    /** Begins what the window has room for, nearest first: the siblings at hand, then those of their parents. */
    private void fetchAhead() {
        boolean isTurn = true;
        for (Siblings siblings : path) {
            while (siblings.hasUnasked()) {
                if (siblings.asked.size() >= window.blocks()) {
                    return;
                }
                Fetch fetch = fetches.get(siblings.unasked());
                if (fetch == null) {
                    if (!hasRoom() && !(isTurn && siblings.asked.isEmpty())) {
                        return;
                    }
                    fetch = begin(siblings.unasked());
                }
                fetch.turns++;
                siblings.ask(fetch);
            }
            isTurn = false;
        }
    }

    private boolean hasRoom() {
        lock.lock();
        try {
            return running.size() < window.blocks() && heldBytes + (running.size() + 1) * largest <= window.bytes();
        } finally {
            lock.unlock();
        }
    }

    private Fetch begin(Cid cid) {
        Fetch fetch = new Fetch(cid);
        fetches.put(cid, fetch);
        Thread thread = Thread.ofVirtual().name("s3ds-get-" + begun++).unstarted(() -> fetch(fetch));
        lock.lock();
        try {
            running.add(thread);
        } finally {
            lock.unlock();
        }
        thread.start();
        return fetch;
    }

    /** Runs on the fetch's own thread. */
    private void fetch(Fetch fetch) {
        Block block = null;
        IOException failure = null;
        try {
            block = source.get(fetch.cid);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("could not read " + fetch.cid + ": " + e, e);
        }
        lock.lock();
        try {
            running.remove(Thread.currentThread());
            fetch.block = block;
            fetch.failure = failure;
            heldBytes += fetch.size();
            largest = Math.max(largest, fetch.size());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the block whose turn it is, and lets go of it when it has no other turn. */
    private Block take(Siblings siblings) throws IOException {
        Fetch fetch = siblings.visit();
        lock.lock();
        try {
            while (fetch.block == null && fetch.failure == null) {
                changed.await();
            }
            if (--fetch.turns == 0) {
                fetches.remove(fetch.cid);
                heldBytes -= fetch.size();
            }
            return fetch.outcome();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while waiting for " + fetch.cid);
            io.initCause(e);
            throw io;
        } finally {
            lock.unlock();
        }
    }

    /** One block on its way, or come, or failed. */
    private static final class Fetch {
        private final Cid cid;

        /** How often it is asked for and not yet visited; touched by the reading thread only. */
        private int turns;

        private @Nullable Block block;
        private @Nullable IOException failure;

        Fetch(Cid cid) {
            this.cid = cid;
        }

        long size() {
            return block == null ? 0 : block.size();
        }

        Block outcome() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(block);
        }
    }

    /** The children of one block, not yet visited; the first of them are asked for. */
    private static final class Siblings {
        private final List<Cid> cids;
        private final Deque<Fetch> asked = new ArrayDeque<>();
        private int visited;

        Siblings(List<Cid> cids) {
            this.cids = cids;
        }

        boolean isVisited() {
            return visited == cids.size();
        }

        boolean hasUnasked() {
            return visited + asked.size() < cids.size();
        }

        Cid unasked() {
            return cids.get(visited + asked.size());
        }

        void ask(Fetch fetch) {
            asked.add(fetch);
        }

        Fetch visit() {
            visited++;
            return asked.remove();
        }
    }
}
