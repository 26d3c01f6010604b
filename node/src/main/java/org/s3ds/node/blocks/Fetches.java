package org.s3ds.node.blocks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;

/**
 * The blocks that one reader has asked for, or about, and not let go of: on their way, each on a virtual thread of its
 * own, or come, or failed. A CID that is asked for again meanwhile shares the fetch. All methods are for the reader's
 * thread.
 *
 * @param <R> what comes: a block, or what was found out of it
 */
final class Fetches<R> {
    private static final long EXPECTED_SIZE = 256 << 10;

    private final BlockQuestion<R> question;
    private final ToLongFunction<R> size;
    private final Window window;
    private final Map<Cid, Fetch<R>> byCid = new HashMap<>();
    private long begun;

    /** Guards the fields below and the outcome of every {@link Fetch}; nothing is fetched under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Set<Thread> running = new HashSet<>();
    private final Flow flow;
    private long heldBytes;
    private long largest = EXPECTED_SIZE;
    private long ended;
    private boolean cancelled;

    /** @param size how many bytes of memory are held by what has come */
    Fetches(BlockQuestion<R> question, ToLongFunction<R> size, Window window) {
        this.question = question;
        this.size = size;
        this.window = window;
        this.flow = new Flow(window.blocks());
        window.enter();
    }

    /** One block on its way, or come, or failed. */
    static final class Fetch<R> {
        private final Cid cid;

        /** How often it is asked for and not yet let go of; touched by the reading thread only. */
        private int asked;

        private boolean isWanted = true;
        private long size;
        private @Nullable R answer;
        private @Nullable IOException failure;

        private Fetch(Cid cid) {
            this.cid = cid;
        }

        /** What has come; null when it failed. */
        @Nullable
        R answer() {
            return answer;
        }

        /** What has come, or why nothing has. */
        R outcome() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(answer);
        }

        private boolean hasCome() {
            return answer != null || failure != null;
        }
    }

    boolean isAsked(Cid cid) {
        return byCid.containsKey(cid);
    }

    /** Whether the window, as far as {@link Flow} opens it, has room for one block more, of the largest size so far. */
    boolean hasRoom() {
        lock.lock();
        try {
            return running.size() < flow.inFlight() && heldBytes + (running.size() + 1) * largest <= bytes();
        } finally {
            lock.unlock();
        }
    }

    /** Where few are in flight, few that came before their turn will do. */
    private long bytes() {
        return flow.isNarrow() ? Math.min(window.bytes(), 2L * flow.inFlight() * largest) : window.bytes();
    }

    /** Asks for a block, with room or without. */
    Fetch<R> ask(Cid cid) {
        Fetch<R> known = byCid.get(cid);
        Fetch<R> fetch = known == null ? begin(cid) : known;
        fetch.asked++;
        return fetch;
    }

    /** Takes back one asking; a block that nobody asks for is not held. */
    void letGo(Fetch<R> fetch) {
        if (--fetch.asked == 0) {
            byCid.remove(fetch.cid);
            lock.lock();
            try {
                fetch.isWanted = false;
                heldBytes -= fetch.size;
            } finally {
                lock.unlock();
            }
        }
    }

    boolean hasCome(Fetch<R> fetch) {
        lock.lock();
        try {
            return fetch.hasCome();
        } finally {
            lock.unlock();
        }
    }

    /** How many fetches have ended so far. */
    long ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the block has come; if not, waits until more fetches than so many have ended. */
    boolean awaitChange(Fetch<R> fetch, long before) throws IOException {
        lock.lock();
        try {
            while (!fetch.hasCome() && ended == before) {
                changed.await();
            }
            return fetch.hasCome();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while waiting for " + fetch.cid);
            io.initCause(e);
            throw io;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts what is on its way, and waits for it to end. */
    void cancel() {
        lock.lock();
        try {
            if (!cancelled) {
                cancelled = true;
                window.leave();
            }
            running.forEach(Thread::interrupt);
            while (!running.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private Fetch<R> begin(Cid cid) {
        Fetch<R> fetch = new Fetch<>(cid);
        byCid.put(cid, fetch);
        Thread thread = Thread.ofVirtual().name("s3ds-get-" + begun++).unstarted(() -> run(fetch));
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
    private void run(Fetch<R> fetch) {
        long start = System.nanoTime();
        R answer = null;
        long bytes = 0;
        IOException failure = null;
        try {
            answer = question.ask(fetch.cid);
            bytes = size.applyAsLong(answer);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("could not read " + fetch.cid + ": " + e, e);
        }
        lock.lock();
        try {
            running.remove(Thread.currentThread());
            ended++;
            if (!fetch.cid.isIdentity()) {
                flow.ended(start, System.nanoTime());
            }
            fetch.answer = answer;
            fetch.size = bytes;
            fetch.failure = failure;
            heldBytes += fetch.isWanted ? bytes : 0;
            largest = Math.max(largest, bytes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
