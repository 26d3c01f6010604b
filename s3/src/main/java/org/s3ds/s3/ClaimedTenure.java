package org.s3ds.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.claims.Claimant;
import org.s3ds.s3.claims.Made;

/**
 * The tenure of who claims its place: the first write of a session makes a claim, and whether it counts still is looked
 * at before a write that comes a minute or more after the last look. Whoever comes meanwhile waits. A claim that was
 * lost is lost for good: what the others have done since is not known here.
 */
final class ClaimedTenure implements Tenure {
    /** How long a look is good for. */
    static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Supplier<Claimant> claimant;
    private final InstantSource time;
    private final AtomicReference<Look> last = new AtomicReference<>(Look.none());

    /**
     * A claim being made, or looked at, or what came of it.
     *
     * @param before the claim that was held when it began; empty when none was made in this session
     */
    private record Look(Optional<Made> before, Instant asked, FutureTask<Made> task) {
        static Look none() {
            FutureTask<Made> never = new FutureTask<>(() -> {
                throw new IllegalStateException();
            });
            never.cancel(false);
            return new Look(Optional.empty(), Instant.MIN, never);
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

        Optional<Made> held() {
            return task.state() == Future.State.SUCCESS ? Optional.of(task.resultNow()) : before;
        }
    }

    /**
     * Asks nothing yet.
     *
     * @param claimant made when it is needed: most sessions only read
     */
    ClaimedTenure(Supplier<Claimant> claimant, InstantSource time) {
        this.claimant = claimant;
        this.time = time;
    }

    @Override
    public void require() throws DatastoreException {
        Look look = last.get();
        if (!look.isGoodAt(time.instant())) {
            Look next = after(look);
            look = last.compareAndSet(look, next) ? begun(next) : last.get();
        }
        await(look);
    }

    @Override
    public void requireNow() throws DatastoreException {
        Look before = settled();
        Look next = after(before);
        while (!before.isLost() && !last.compareAndSet(before, next)) {
            before = settled();
            next = after(before);
        }
        await(before.isLost() ? before : begun(next));
    }

    /** The last look, which is over: one under way may have asked already. */
    private Look settled() throws DatastoreException {
        Look look = last.get();
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

    private Look after(Look look) {
        Optional<Made> held = look.held();
        Callable<Made> doing = held.<Callable<Made>>map(made -> () -> {
                    claimant.get().requireHeld(made);
                    return made;
                })
                .orElse(() -> claimant.get().claim());
        return new Look(held, time.instant(), new FutureTask<>(doing));
    }

    /** On a thread of its own: others wait for it, too, when the one who began it is interrupted. */
    private static Look begun(Look look) {
        Thread.ofVirtual().name("s3ds-claim").start(look.task());
        return look;
    }

    private static void await(Look look) throws DatastoreException {
        Awaited.result(look.task(), "claiming the place");
    }
}
