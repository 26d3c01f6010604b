package org.s3ds.s3;

import java.util.concurrent.atomic.AtomicInteger;

/** The requests that may be in flight at once, and those that are. For any number of threads. */
final class Places {
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger takenInBackground = new AtomicInteger();
    private volatile int all;

    /** All free. */
    Places(int all) {
        this.all = all;
    }

    /** There are so many from now on; whoever is beyond goes on to the end. */
    void limit(int places) {
        all = places;
    }

    /** Takes a place, if one is free. */
    boolean take(Priority priority) {
        int now = taken.get();
        while (now < all) {
            if (taken.compareAndSet(now, now + 1)) {
                if (priority == Priority.BACKGROUND) {
                    takenInBackground.incrementAndGet();
                }
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    void free(Priority priority) {
        if (priority == Priority.BACKGROUND) {
            takenInBackground.decrementAndGet();
        }
        taken.decrementAndGet();
    }

    boolean areFree() {
        return taken.get() < all;
    }

    /** Whether background requests have fewer places than a share of all, or none. */
    boolean backgroundHasLessThan(double share) {
        int has = takenInBackground.get();
        return has == 0 || has + 1 <= share * all;
    }

    int taken() {
        return taken.get();
    }
}
