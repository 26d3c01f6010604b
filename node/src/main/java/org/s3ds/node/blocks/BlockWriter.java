package org.s3ds.node.blocks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Cid;

/**
 * Stores blocks with many puts in flight, each on a virtual thread of its own. Any number of threads may share one
 * writer.
 *
 * <ul>
 *   <li>{@link #put} returns when there is room in the {@link Window}, before the block is stored.
 *   <li>A multihash is stored once per writer, however often it comes.
 *   <li>{@link #mark} answers for what was handed over so far, {@link #flush} waits for it.
 *   <li>The first failure stays: every later put, and every receipt that includes the failed block, throws it.
 *   <li>{@link #close} cancels what is still in flight: flush first.
 * </ul>
 */
public final class BlockWriter implements BlockSink, AutoCloseable {
    private final BlockSink store;
    private final Window window;

    /** Guards every field below; nothing is stored under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final MultihashSet seen = new MultihashSet();

    /** By place in the stream. */
    private final TreeMap<Long, Thread> inFlight = new TreeMap<>();

    private final Flow flow;

    private long bytesInFlight;
    private long handedOver;
    private long firstFailed = Long.MAX_VALUE;
    private @Nullable IOException failure;
    private boolean closed;

    /**
     * A writer to a store.
     *
     * @param store its {@code put} returns when the block is stored, and may be called by many threads
     */
    public BlockWriter(BlockSink store, Window window) {
        this.store = store;
        this.window = window;
        this.flow = new Flow(window.blocks());
        window.enter();
    }

    /**
     * Hands a block over; waits while the window is full.
     *
     * @throws IOException when a block handed over earlier could not be stored, or the wait was interrupted
     * @throws IllegalStateException after close
     */
    @Override
    public void put(Block block) throws IOException {
        if (block.cid().isIdentity()) {
            return;
        }
        lock.lock();
        try {
            throwFailure();
            if (seen.contains(block.cid().hash())) {
                return;
            }
            while (isFull(block.size())) {
                changed.await();
                throwFailure();
            }
            if (seen.add(block.cid().hash())) { // another thread may have brought it while this one waited
                start(block);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** A receipt for every block handed over so far. */
    public Receipt mark() {
        lock.lock();
        try {
            return new Mark(handedOver);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until every block handed over so far is stored.
     *
     * @throws IOException when one could not be stored, or the wait was interrupted
     */
    public void flush() throws IOException {
        mark().await();
    }

    /** How many blocks this writer has handed to the store: distinct multihashes, identity CIDs not counted. */
    public long blocks() {
        lock.lock();
        try {
            return handedOver;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a block was handed over; it is stored once {@link #flush} has returned. */
    public boolean hasTaken(Cid cid) {
        lock.lock();
        try {
            return seen.contains(cid.hash());
        } finally {
            lock.unlock();
        }
    }

    /** Cancels what is in flight and waits for it to end. Blocks not flushed may or may not be stored. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                window.leave();
            }
            closed = true;
            inFlight.values().forEach(Thread::interrupt);
            changed.signalAll();
            while (!inFlight.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(int size) {
        return !inFlight.isEmpty() && (inFlight.size() >= flow.inFlight() || bytesInFlight + size > window.bytes());
    }

    private void start(Block block) {
        long place = handedOver++;
        bytesInFlight += block.size();
        Thread thread = Thread.ofVirtual().name("s3ds-put-" + place).unstarted(() -> store(place, block));
        inFlight.put(place, thread);
        thread.start();
    }

    /** Runs on the block's own thread. */
    private void store(long place, Block block) {
        long start = System.nanoTime();
        IOException failed = null;
        try {
            store.put(block);
        } catch (IOException e) {
            failed = e;
        } catch (RuntimeException | Error e) {
            failed = new IOException("could not store " + block.cid() + ": " + e, e);
        }
        ended(place, block, start, failed);
    }

    private void ended(long place, Block block, long start, @Nullable IOException failed) {
        lock.lock();
        try {
            inFlight.remove(place);
            bytesInFlight -= block.size();
            flow.ended(start, System.nanoTime());
            if (failed != null) {
                firstFailed = Math.min(firstFailed, place);
                failure = failure == null ? failed : failure;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Every block before this place is stored. */
    private long storedBefore() {
        return Math.min(firstFailed, inFlight.isEmpty() ? handedOver : inFlight.firstKey());
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (closed) {
            throw new IllegalStateException("the writer is closed");
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException("interrupted while blocks were being stored");
        io.initCause(e);
        return io;
    }

    private final class Mark implements Receipt {
        private final long place;

        Mark(long place) {
            this.place = place;
        }

        @Override
        public boolean isDone() {
            lock.lock();
            try {
                return storedBefore() >= place;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void await() throws IOException {
            lock.lock();
            try {
                while (storedBefore() < place) {
                    if (firstFailed < place) {
                        throwFailure();
                    }
                    if (closed) {
                        throw new IOException("the writer was closed before every block was stored");
                    }
                    changed.await();
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            } finally {
                lock.unlock();
            }
        }
    }
}
