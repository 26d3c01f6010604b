package org.s3ds.s3;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a server's clock is ahead of ours, as far as one answer shows it: zero unless they must differ.
 *
 * @param ahead negative when the server's is behind
 */
record ClockDifference(Duration ahead) {
    /** No difference, or none that is known. */
    static final ClockDifference NONE = new ClockDifference(Duration.ZERO);

    /** In the header {@code Date} there are no fractions of a second. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /**
     * What an answer shows. The server wrote its time some time while it was under way.
     *
     * @param said the server's time, without its fraction of a second
     * @param came when the answer was here, by our clock
     * @param took how long it was under way at most
     */
    static ClockDifference of(Instant said, Instant came, Duration took) {
        Duration least = Duration.between(came, said);
        Duration most = least.plus(TICK).plus(took);
        if (least.isPositive()) {
            return new ClockDifference(least);
        }
        return most.isNegative() ? new ClockDifference(most) : NONE;
    }

    /** A time by the server's clock, by ours. */
    Instant ours(Instant servers) {
        return servers.minus(ahead);
    }
}
