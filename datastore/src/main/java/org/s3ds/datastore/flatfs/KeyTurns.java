package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;

/**
 * Changes of one key, one after the other: a file is replaced and counted in one go. Of puts of the same bytes at once,
 * which is what happens when two adds meet, the first to succeed does for all, as in flatfs; puts of other bytes follow
 * each other.
 */
final class KeyTurns {
    /** A change. */
    interface Change {
        void run() throws IOException;
    }

    private final ConcurrentHashMap<Key, Turn> turns = new ConcurrentHashMap<>();

    private static final class Turn {
        private final byte @Nullable [] value;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean succeeded;

        Turn(byte @Nullable [] value) {
            this.value = value;
        }

        boolean didFor(Turn other) {
            return succeeded && value != null && other.value != null && Arrays.equals(value, other.value);
        }
    }

    /** Puts a value, unless someone just did while this waited. */
    void put(Key key, byte[] value, Change change) throws IOException {
        run(key, new Turn(value), change);
    }

    /** Makes any other change. */
    void change(Key key, Change change) throws IOException {
        run(key, new Turn(null), change);
    }

    private void run(Key key, Turn mine, Change change) throws IOException {
        for (Turn other = turns.putIfAbsent(key, mine); other != null; other = turns.putIfAbsent(key, mine)) {
            await(other, key);
            if (other.didFor(mine)) {
                return;
            }
        }
        try {
            change.run();
            mine.succeeded = true;
        } finally {
            turns.remove(key, mine);
            mine.ended.countDown();
        }
    }

    private static void await(Turn other, Key key) throws InterruptedIOException {
        try {
            other.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while another put of " + key + " ran");
            io.initCause(e);
            throw io;
        }
    }
}
