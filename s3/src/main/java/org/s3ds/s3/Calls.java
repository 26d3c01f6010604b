package org.s3ds.s3;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.s3ds.s3.Fault.Remedy;
import org.s3ds.s3.Watchdog.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends a call, and sends it again while that may help: the only place that retries. {@link Fault} says which failures
 * are worth it, {@link Backoff} how long to wait, {@link Persistence} when to give up. A call that waits for its turn
 * holds no connection, and the time it waits does not count.
 */
final class Calls {
    /** One attempt of a call. */
    interface Attempt<T> {
        /**
         * Sends it.
         *
         * @throws S3Exception when what came cannot be used, and trying again would not help
         * @throws SdkException when it failed
         */
        T send() throws S3Exception, InterruptedException;
    }

    /** What can be put right between two attempts. */
    interface Mending {
        /** Does what a refusal asks for, and returns whether the same request may now succeed. */
        boolean mend(Fault refusal);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final S3Errors errors;
    private final Mending mending;
    private final Watchdog watchdog;
    private final Persistence persistence;
    private final Backoff backoff;
    private final Time time;
    private final Governor governor;
    private final AtomicInteger denials = new AtomicInteger();

    /** Calls to one server, of which as many are in flight, and are sent, as the governor allows. */
    Calls(
            S3Errors errors,
            Mending mending,
            Watchdog watchdog,
            Persistence persistence,
            Backoff backoff,
            Time time,
            Governor governor) {
        this.errors = errors;
        this.mending = mending;
        this.watchdog = watchdog;
        this.persistence = persistence;
        this.backoff = backoff;
        this.time = time;
        this.governor = governor;
    }

    /**
     * The result of a call.
     *
     * @throws S3Exception when it failed for good; if this thread was interrupted, its flag is set again
     */
    <T> T run(Attempted call, Attempt<T> attempt) throws S3Exception {
        try {
            while (true) {
                Governor.Permit permit = enter(call);
                try (permit) {
                    return inTime(call, attempt);
                } catch (SdkException cause) {
                    Fault fault = Fault.of(cause, call.toldRegion());
                    call.failed(fault);
                    if (fault.remedy() == Remedy.SLOW_DOWN) {
                        permit.refused(fault.retryAfter().orElse(Duration.ZERO));
                    }
                    if (!mendedFor(call, fault)) {
                        if (fault.isDenial()) {
                            denials.incrementAndGet();
                        }
                        throw errors.translate(call, fault);
                    }
                }
            }
        } catch (InterruptedException e) {
            throw errors.interrupted(call, e);
        }
    }

    /** How often a call has ended with doubt whether there is such a bucket, and whether it is open to our keys. */
    int denials() {
        return denials.get();
    }

    /** Each attempt has its own permit; whoever waits to try again has none. */
    private Governor.Permit enter(Attempted call) throws InterruptedException {
        long asked = time.nanos();
        Governor.Permit permit = governor.enter(call.priority());
        call.queued(time.nanos() - asked);
        return permit;
    }

    private <T> T inTime(Attempted call, Attempt<T> attempt) throws S3Exception, InterruptedException {
        Watched watched = watchdog.watch(call.timeForAttempt(persistence));
        try {
            return attempt.send();
        } catch (SdkException cause) {
            throw watched.isOverdue() ? tooLate(cause) : cause;
        } finally {
            watchdog.done(watched);
        }
    }

    private static SdkException tooLate(SdkException cause) {
        SocketTimeoutException late = new SocketTimeoutException("the answer was not there in time");
        late.addSuppressed(cause);
        return RetryableException.create(late.getMessage(), late);
    }

    /** Does what may help, and returns whether the call may be sent again. */
    private boolean mendedFor(Attempted call, Fault fault) throws InterruptedException {
        return switch (fault.remedy()) {
            case NONE -> false;
            case SET_CLOCK, RENEW_KEYS, MOVE -> call.isFirst(fault.remedy()) && mending.mend(fault);
            case RETRY, SLOW_DOWN -> waitedFor(call, fault);
        };
    }

    /** A server that wants to be left alone for longer than the call may take gets no further attempt. */
    private boolean waitedFor(Attempted call, Fault fault) throws InterruptedException {
        Duration wait = backoff.after(call.failures(), fault.remedy() == Remedy.SLOW_DOWN);
        Optional<Duration> asked = fault.retryAfter();
        if (asked.isPresent()) {
            wait = wait.plus(asked.get());
        }
        boolean mayGoOn = call.failures() < persistence.attempts()
                && call.spent().plus(wait).compareTo(persistence.elapsed()) < 0;
        if (mayGoOn) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("{}; again in {} ms", errors.translate(call, fault).getMessage(), wait.toMillis());
            }
            time.sleep(wait);
        }
        return mayGoOn;
    }
}
