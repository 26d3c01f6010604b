package org.s3ds.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The wait before a call is sent again: exponential with full jitter, so that many callers that failed together do not
 * come back together.
 *
 * @param chance where the jitter comes from
 */
record Backoff(RandomGenerator chance) {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration FIRST_WHEN_THROTTLED = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** With chance of its own. */
    static Backoff withChance() {
        return new Backoff(() -> ThreadLocalRandom.current().nextLong());
    }

    /**
     * From nothing to twice what the failure before allowed, 10 s at most.
     *
     * @param failures how often the call has failed, 1 or more
     * @param throttled whether the server asked for fewer requests
     */
    Duration after(int failures, boolean throttled) {
        long first = (throttled ? FIRST_WHEN_THROTTLED : FIRST).toNanos();
        long most = Math.min(LONGEST.toNanos(), first << Math.min(failures - 1, 20));
        return Duration.ofNanos(chance.nextLong(most + 1));
    }
}
