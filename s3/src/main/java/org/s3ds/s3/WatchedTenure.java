package org.s3ds.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.index.Ownership;

/**
 * The tenure of who looks whose the place is: the first write of a session does, and makes a claim if there is one to
 * make; and a write that comes a minute or more after the last look looks again. Whoever comes meanwhile waits. A place
 * that was lost is lost for good: what the others have done since is not known here.
 *
 * @param <H> what is held
 */
final class WatchedTenure<H> implements Tenure {
    /** How long a look is good for. */
    static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Watch<H> watch;
    private final InstantSource time;
    private final AtomicReference<Look<H>> last = new AtomicReference<>(Look.none());

    /**
     * How to look whose a place is.
     *
     * @param <H> what is held
     */
    interface Watch<H> {
        /**
         * Looks for the first time in a session.
         *
         * @throws org.s3ds.datastore.AccessException when it is another's
         */
        H begin() throws DatastoreException;

        /**
         * Looks again.
         *
         * @throws org.s3ds.datastore.AccessException when it is another's by now
         */
        void again(H held) throws DatastoreException;

        /** By which claim that is held; empty when it is none. */
        default Optional<Ownership> ownership(H held) {
            return Optional.empty();
        }
    }

    /**
     * A claim being made, or looked at, or what came of it.
     *
     * @param before the claim that was held when it began; empty when none was made in this session
     */
    private record Look<H>(Optional<H> before, Instant asked, FutureTask<H> task) {
        static <H> Look<H> none() {
            FutureTask<H> never = new FutureTask<>(() -> {
                throw new IllegalStateException();
            });
            never.cancel(false);
            return new Look<>(Optional.empty(), Instant.MIN, never);
        }

        boolean isLost() {
            return before.isPresent()
                    && task.state() == Future.State.FAILED
                    && task.exceptionNow() instanceof AccessException;
        }

        /** A clock that was put back makes it old, too. */
        boolean isGoodAt(Instant now) {
            return !task.isDone()
                    || isLost()
                    || (task.state() == Future.State.SUCCESS
                            && !now.isBefore(asked)
                            && now.isBefore(asked.plus(LOOK_AGAIN)));
        }

        Optional<H> held() {
            return task.state() == Future.State.SUCCESS ? Optional.of(task.resultNow()) : before;
        }
    }

    /**
     * Asks nothing yet.
     *
     * @param watch asked when it is needed: most sessions only read
     */
    WatchedTenure(Watch<H> watch, InstantSource time) {
        this.watch = watch;
        this.time = time;
    }

    @Override
    public void require() throws DatastoreException {
        Look<H> look = last.get();
        if (!look.isGoodAt(time.instant())) {
            Look<H> next = after(look);
            look = last.compareAndSet(look, next) ? begun(next) : last.get();
        }
        await(look);
    }

    @Override
    public void requireNow() throws DatastoreException {
        Look<H> before = settled();
        Look<H> next = after(before);
        while (!before.isLost() && !last.compareAndSet(before, next)) {
            before = settled();
            next = after(before);
        }
        await(before.isLost() ? before : begun(next));
    }

    @Override
    public Optional<Ownership> held() {
        Look<H> look = last.get();
        return look.isLost() ? Optional.empty() : look.held().flatMap(watch::ownership);
    }

    /** The last look, which is over: one under way may have asked already. */
    private Look<H> settled() throws DatastoreException {
        Look<H> look = last.get();
        try {
            if (!look.task().isDone()) {
                await(look);
            }
        } catch (DatastoreException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        return look;
    }

    private Look<H> after(Look<H> look) {
        Optional<H> held = look.held();
        Callable<H> doing = held.<Callable<H>>map(holding -> () -> {
                    watch.again(holding);
                    return holding;
                })
                .orElse(watch::begin);
        return new Look<>(held, time.instant(), new FutureTask<>(doing));
    }

    /** On a thread of its own: others wait for it, too, when the one who began it is interrupted. */
    private Look<H> begun(Look<H> look) {
        Thread.ofVirtual().name("s3ds-claim").start(look.task());
        return look;
    }

    private void await(Look<H> look) throws DatastoreException {
        Awaited.result(look.task(), "claiming the place");
    }
}
