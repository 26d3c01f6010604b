package org.s3ds.s3;

import java.time.Duration;

/**
 * How long a call is kept at.
 *
 * @param attempts how often it is sent at most, 1 or more
 * @param elapsed how long it may take in all, waits between attempts included, time in our own queue not
 * @param attempt how long one attempt may take, until its answer has been read to the end
 */
record Persistence(int attempts, Duration elapsed, Duration attempt) {
    Persistence {
        if (attempts < 1 || !elapsed.isPositive() || !attempt.isPositive()) {
            throw new IllegalArgumentException(
                    "attempts are 1 or more, durations positive: " + attempts + ", " + elapsed + ", " + attempt);
        }
    }

    /** As a spec says. */
    static Persistence of(Limits limits) {
        return new Persistence(limits.retryMaxAttempts(), limits.retryMaxElapsed(), limits.requestTimeout());
    }
}
