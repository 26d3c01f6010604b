package org.s3ds.s3;

import java.util.concurrent.atomic.AtomicLongArray;

/** Events a second over the last second. Times are {@link System#nanoTime()}'s. For any number of threads. */
final class RecentRate {
    private static final int SLOTS = 8;
    private static final long SLOT_NANOS = 125_000_000;
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final long start;
    /** Each the number of an eighth of a second, and the events in it. */
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    RecentRate(long now) {
        this.start = now;
    }

    void count(long now) {
        long slot = slot(now);
        int index = (int) (slot % SLOTS);
        long seen = slots.get(index);
        while (!slots.compareAndSet(index, seen, seen >> COUNT_BITS == slot ? seen + 1 : (slot << COUNT_BITS) | 1)) {
            seen = slots.get(index);
        }
    }

    /** Taken over the part of the last second in which there were events, an eighth at least. */
    double perSecond(long now) {
        long newest = slot(now);
        long oldest = newest;
        for (int i = 0; i < SLOTS; i++) {
            long seen = slots.get(i);
            long slot = seen >> COUNT_BITS;
            if (newest - slot < SLOTS && (seen & COUNT_MASK) > 0) {
                oldest = Math.min(oldest, slot);
            }
        }
        return lately(now) * 1e9 / Math.max(SLOT_NANOS, now - start - oldest * SLOT_NANOS);
    }

    /** How many there were in the last second. */
    long lately(long now) {
        long newest = slot(now);
        long events = 0;
        for (int i = 0; i < SLOTS; i++) {
            long seen = slots.get(i);
            events += newest - (seen >> COUNT_BITS) < SLOTS ? seen & COUNT_MASK : 0;
        }
        return events;
    }

    private long slot(long now) {
        return (now - start) / SLOT_NANOS;
    }
}
