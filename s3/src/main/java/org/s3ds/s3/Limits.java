package org.s3ds.s3;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much, how often and how long.
 *
 * @param workers requests in flight at most, 1 to 65535
 * @param maxConnections open connections at most, as many as workers or more
 * @param connectTimeout how long to wait for a connection, 1 ms to 1 h
 * @param requestTimeout how long one attempt may take, 1 ms to 1 h
 * @param retryMaxAttempts how often a request is sent at most, 1 to 100
 * @param retryMaxElapsed how long a call may take with all its attempts and the waits between them, 1 ms to 24 h
 * @param maxRequestsPerSecond the ceiling of the request rate, 0.1 or more; empty for none
 * @param backgroundShare how much of workers and rate background work gets while others wait, more than 0, to 1
 */
public record Limits(
        int workers,
        int maxConnections,
        Duration connectTimeout,
        Duration requestTimeout,
        int retryMaxAttempts,
        Duration retryMaxElapsed,
        OptionalDouble maxRequestsPerSecond,
        double backgroundShare) {
    static final int MOST_WORKERS = 65_535;
    static final int MOST_ATTEMPTS = 100;

    /** With less a store would seem to hang. */
    private static final double LOWEST_RATE = 0.1;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration LONGEST_CALL = Duration.ofHours(24);

    /** As they are when a spec says nothing. */
    public static final Limits STANDARD = new Limits(
            100,
            100,
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            6,
            Duration.ofMinutes(2),
            OptionalDouble.empty(),
            0.25);

    /** Checks what no spec may say. */
    public Limits {
        checkCount(SpecKey.WORKERS, workers, MOST_WORKERS);
        checkCount(SpecKey.MAX_CONNECTIONS, maxConnections, MOST_WORKERS);
        checkCount(SpecKey.RETRY_MAX_ATTEMPTS, retryMaxAttempts, MOST_ATTEMPTS);
        checkDuration(SpecKey.CONNECT_TIMEOUT, connectTimeout, LONGEST_WAIT);
        checkDuration(SpecKey.REQUEST_TIMEOUT, requestTimeout, LONGEST_WAIT);
        checkDuration(SpecKey.RETRY_MAX_ELAPSED, retryMaxElapsed, LONGEST_CALL);
        if (maxConnections < workers) {
            throw WrongSetting.beside(
                    SpecKey.MAX_CONNECTIONS,
                    maxConnections,
                    "workers is " + workers,
                    workers + " or more, or leave it out");
        }
        maxRequestsPerSecond.ifPresent(rate -> {
            if (!(rate >= LOWEST_RATE) || Double.isInfinite(rate)) {
                throw new WrongSetting(SpecKey.MAX_REQUESTS_PER_SECOND, rate);
            }
        });
        if (!(backgroundShare > 0 && backgroundShare <= 1)) {
            throw new WrongSetting(SpecKey.BACKGROUND_SHARE, backgroundShare);
        }
    }

    private static void checkCount(SpecKey key, int count, int most) {
        if (count < 1 || count > most) {
            throw new WrongSetting(key, count);
        }
    }

    private static void checkDuration(SpecKey key, Duration duration, Duration longest) {
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(longest) > 0) {
            throw new WrongSetting(key, GoDuration.text(duration));
        }
    }

    /** With another number of requests in flight, and as many connections. */
    public Limits withWorkers(int count) {
        return new Limits(
                count,
                count,
                connectTimeout,
                requestTimeout,
                retryMaxAttempts,
                retryMaxElapsed,
                maxRequestsPerSecond,
                backgroundShare);
    }
}
