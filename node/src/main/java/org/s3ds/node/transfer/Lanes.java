package org.s3ds.node.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.blocks.Flow;
import org.s3ds.node.blocks.Window;

/**
 * Blocks on their way, each on a virtual thread of its own, as many as fit into a {@link Window} and as {@link Flow}
 * opens it. The first failure stays, and ends it. All methods are for the thread that made it; that thread closes it.
 */
final class Lanes implements AutoCloseable {
    private final Window window;

    /** Guards every field below; nothing is moved under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Set<Thread> running = new HashSet<>();
    private final Flow flow;
    private long bytes;
    private @Nullable IOException failure;

    Lanes(Window window) {
        this.window = window;
        this.flow = new Flow(window.blocks());
        window.enter();
    }

    /** Takes a block all the way. */
    @FunctionalInterface
    interface Way {
        void go() throws IOException;
    }

    /**
     * Sends a block on its way, when there is room.
     *
     * @param size in bytes, as far as is known
     * @throws IOException when one failed that was sent before, or the wait was interrupted
     */
    void send(long size, Way way) throws IOException {
        lock.lock();
        try {
            while (failure == null && isFull(size)) {
                changed.await();
            }
            throwFailure();
            Thread thread = Thread.ofVirtual().name("s3ds-copy-", 0).unstarted(() -> go(size, way));
            running.add(thread);
            bytes += size;
            thread.start();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until one block more has arrived.
     *
     * @return false when none is on its way
     * @throws IOException when one failed, or the wait was interrupted
     */
    boolean awaitOne() throws IOException {
        lock.lock();
        try {
            int before = running.size();
            while (failure == null && before > 0 && running.size() == before) {
                changed.await();
            }
            throwFailure();
            return before > 0;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** Stops those that are on their way, and waits until they have ended. */
    @Override
    public void close() {
        lock.lock();
        try {
            window.leave();
            running.forEach(Thread::interrupt);
            while (!running.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(long size) {
        return !running.isEmpty() && (running.size() >= flow.inFlight() || bytes + size > window.bytes());
    }

    /** Runs on the block's own thread. */
    private void go(long size, Way way) {
        long start = System.nanoTime();
        IOException failed = null;
        try {
            way.go();
        } catch (IOException e) {
            failed = e;
        } catch (RuntimeException | Error e) {
            failed = new IOException("a block could not be copied: " + e, e);
        }
        lock.lock();
        try {
            running.remove(Thread.currentThread());
            bytes -= size;
            flow.ended(start, System.nanoTime());
            failure = failure == null ? failed : failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException("interrupted while blocks were being copied");
        io.initCause(e);
        return io;
    }
}
