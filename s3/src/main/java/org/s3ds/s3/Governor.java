package org.s3ds.s3;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests to one endpoint within limits: how many are in flight ({@link Places}), how many are sent a second
 * ({@link RequestRate}), and who goes first ({@link WaitingLine}). Every attempt of every store on that endpoint takes
 * a permit; whoever waits to try again has none. For any number of threads.
 *
 * <p>As long as the server refuses nothing and places are free, a permit is two compare-and-sets, and no lock.
 */
final class Governor {
    /**
     * What is not to be exceeded.
     *
     * @param workers requests in flight, 1 or more
     * @param maxRequestsPerSecond over 0; infinite for no such bound
     * @param backgroundShare of turns and places that background gets while foreground waits: over 0, at most 1
     */
    record Bounds(int workers, double maxRequestsPerSecond, double backgroundShare) {
        Bounds {
            if (workers < 1 || !(maxRequestsPerSecond > 0) || !(backgroundShare > 0 && backgroundShare <= 1)) {
                throw new IllegalArgumentException(
                        "bounds of requests: " + workers + ", " + maxRequestsPerSecond + ", " + backgroundShare);
            }
        }

        /** Those of a store. */
        static Bounds of(Limits limits) {
            return new Bounds(
                    limits.workers(),
                    limits.maxRequestsPerSecond().orElse(Double.POSITIVE_INFINITY),
                    limits.backgroundShare());
        }

        /** Within both. */
        Bounds and(Bounds other) {
            return new Bounds(
                    Math.min(workers, other.workers),
                    Math.min(maxRequestsPerSecond, other.maxRequestsPerSecond),
                    Math.min(backgroundShare, other.backgroundShare));
        }
    }

    /** A server that wants to be left alone for longer is asked again by one call or another. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

    private final Time time;
    private final Places places;
    private final RecentRate recent;

    /** Guards {@link #rate}, {@link #line}, {@link #timed}, and who is admitted. */
    private final ReentrantLock lock = new ReentrantLock();

    private final RequestRate rate;
    private final WaitingLine<Waiting> line;
    /** The one who waits no longer than the rate demands. */
    private @Nullable Waiting timed;

    /** Whether nobody waits and no rate is known: then a free place is all it takes. Set under the lock. */
    private volatile boolean open;

    /** Nothing is in flight, and no refusal is known. */
    Governor(Bounds bounds, Time time) {
        long now = time.nanos();
        this.time = time;
        this.places = new Places(bounds.workers());
        this.recent = new RecentRate(now);
        this.rate = new RequestRate(bounds.maxRequestsPerSecond(), now);
        this.line = new WaitingLine<>(places, rate, bounds.backgroundShare());
        this.open = rate.isOpen(now);
    }

    /** One who waits, and whether the wait is over. */
    private final class Waiting {
        private final Priority priority;
        private final Condition turn = lock.newCondition();
        private boolean admitted;

        private Waiting(Priority priority) {
            this.priority = priority;
        }
    }

    /** The right to send one request. Closed when its answer has been read, or there is none. */
    final class Permit implements AutoCloseable {
        private final Priority priority;
        private final long granted;
        private boolean closed;

        private Permit(Priority priority, long granted) {
            this.priority = priority;
            this.granted = granted;
        }

        /**
         * The server asked for fewer requests: 503, 429 or {@code SlowDown}.
         *
         * @param leftAlone for how long it wants none, as {@code Retry-After} says; nobody sends any for so long, a
         *     minute at most
         */
        void refused(Duration leftAlone) {
            Governor.this.refused(granted, leftAlone);
        }

        /** The first call counts. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                leave(priority);
            }
        }
    }

    /** Waits until a request may be sent. */
    Permit enter(Priority priority) throws InterruptedException {
        if (!open || !places.take(priority)) {
            await(priority);
        }
        long now = time.nanos();
        recent.count(now);
        return new Permit(priority, now);
    }

    private void await(Priority priority) throws InterruptedException {
        lock.lockInterruptibly();
        Waiting self = new Waiting(priority);
        try {
            line.add(self, priority);
            open = false;
            admit();
            while (!self.admitted) {
                if (timed == self) {
                    time.await(self.turn, line.delay(time.nanos()));
                } else {
                    self.turn.await();
                }
                admit();
            }
        } catch (InterruptedException e) {
            giveUp(self);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Waiting self) {
        if (self.admitted) {
            places.free(self.priority);
        } else {
            line.remove(self, self.priority);
        }
        admit();
    }

    /** Lets go whoever may go now, and the next one know how long it will be. */
    private void admit() {
        long now = time.nanos();
        for (Optional<Waiting> next = line.admit(now); next.isPresent(); next = line.admit(now)) {
            next.get().admitted = true;
            next.get().turn.signal();
        }
        open = line.isEmpty() && rate.isOpen(now);
        Waiting first = line.delay(now) == Long.MAX_VALUE ? null : line.first().orElse(null);
        if (first != null && first != timed) {
            first.turn.signal();
        }
        timed = first;
    }

    private void leave(Priority priority) {
        places.free(priority);
        if (!open) {
            locked(this::admit);
        }
    }

    private void refused(long sent, Duration leftAlone) {
        Duration hold = leftAlone.compareTo(LONGEST_HOLD) < 0 ? leftAlone : LONGEST_HOLD;
        locked(() -> {
            long now = time.nanos();
            rate.refused(sent, now, recent);
            rate.holdUntil(now + hold.toNanos());
            admit();
        });
    }

    /** Keeps within other bounds from now on; requests in flight that are too many by then go on to their end. */
    void keepWithin(Bounds bounds) {
        locked(() -> {
            places.limit(bounds.workers());
            rate.limit(bounds.maxRequestsPerSecond());
            line.limitBackground(bounds.backgroundShare());
            admit();
        });
    }

    /** Requests that wait for a permit now. */
    int waiting() {
        lock.lock();
        try {
            return line.length();
        } finally {
            lock.unlock();
        }
    }

    /** Permits that are out now. */
    int inFlight() {
        return places.taken();
    }

    /**
     * Requests a second that are sent at most, as things are; infinite when no refusal and no ceiling is known, and
     * none while the server wants to be left alone.
     */
    double perSecond() {
        lock.lock();
        try {
            long now = time.nanos();
            return rate.isHeld(now) ? 0 : rate.perSecond(now);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
