package org.s3ds.s3.index;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.s3ds.datastore.DatastoreException;

/** Holds up the next call of a kind, until it is ended; those that come later pass. */
final class Stall {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    /** @param after whether it is done by then, and its answer held up */
    Stall(FakeBucket bucket, String kind, boolean after) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        FakeBucket.Hook hook = call -> {
            if (call.startsWith(kind) && isFirst.compareAndSet(true, false)) {
                reached.countDown();
                waitFor(end);
            }
        };
        bucket.heal();
        if (after) {
            bucket.after(hook);
        } else {
            bucket.before(hook);
        }
    }

    /** Returns when a call is held up. */
    void await() throws DatastoreException {
        waitFor(reached);
    }

    /** Lets it go on. */
    void end() {
        end.countDown();
    }

    static void waitFor(CountDownLatch latch) throws DatastoreException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatastoreException("interrupted", e);
        }
    }
}
