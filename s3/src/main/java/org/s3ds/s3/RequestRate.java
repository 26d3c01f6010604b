package org.s3ds.s3;

/**
 * How many requests a second a server takes, as far as its refusals tell: unlimited until the first, and again after a
 * minute without one. Each refusal makes it fall by a part of itself; from there it climbs as TCP CUBIC does, fast back
 * to where it was refused, slowly there, and faster again beyond. The curve is relative to the rate, so that it takes
 * the same time for 20 and for 5,000 a second. Requests draw from a bucket of tokens that fills at this rate and holds
 * those of a twentieth of a second.
 *
 * <p>Times are {@link System#nanoTime()}'s. For one thread at a time.
 */
final class RequestRate {
    /** What a refusal leaves of the rate. */
    static final double FALL = 0.85;
    /** One request in so many seconds is as slow as it gets. */
    private static final double SLOWEST = 0.5;
    /** A refusal of fewer requests than these a second is not believed to be about their rate at once. */
    private static final double USUAL = 20;

    private static final double STEEPNESS = 0.002;
    private static final double FORGOTTEN_SECONDS = 60;
    private static final double BURST_SECONDS = 0.05;
    private static final double SMALLEST_BURST = 2;
    private static final double SECOND = 1e9;

    private double ceiling;
    /** Where the last refusal found the rate; infinite when there was none, or none lately. */
    private double refusedAt = Double.POSITIVE_INFINITY;

    private long fell;
    private double tokens;
    private long filled;

    /**
     * Full of tokens, and without a refusal.
     *
     * @param ceiling requests a second that are never exceeded, over any second from 40 on, and by no more than two
     *     below; infinite for none
     */
    RequestRate(double ceiling, long now) {
        this.ceiling = ceiling;
        this.filled = now;
        this.tokens = burst(now);
    }

    /** Another ceiling from now on. */
    void limit(double requestsPerSecond) {
        ceiling = requestsPerSecond;
    }

    /** Whether requests need no tokens now. */
    boolean isUnlimited(long now) {
        return perSecond(now) == Double.POSITIVE_INFINITY;
    }

    /** Requests a second; infinite when nothing is known against it. */
    double perSecond(long now) {
        double known = isForgotten(now) ? Double.POSITIVE_INFINITY : climbed((now - fell) / SECOND);
        // the tokens saved up may be spent in the same second
        return Math.min(known, ceiling * (1 - BURST_SECONDS));
    }

    private boolean isForgotten(long now) {
        return refusedAt == Double.POSITIVE_INFINITY || (now - fell) / SECOND > FORGOTTEN_SECONDS;
    }

    private double climbed(double seconds) {
        double scale = STEEPNESS * Math.max(refusedAt, USUAL);
        double back = Math.cbrt(refusedAt * (1 - FALL) / scale);
        return refusedAt + scale * Math.pow(seconds - back, 3);
    }

    /**
     * A request was refused: the rate falls, unless it has since that request was sent.
     *
     * @param sent when
     * @param used requests a second that were sent lately; a rate that nobody used is not what was refused
     */
    void refused(long sent, long now, double used) {
        boolean limited = !isForgotten(now);
        if (limited && sent - fell < 0) {
            return;
        }
        refusedAt = Math.max(SLOWEST / FALL, Math.min(perSecond(now), Math.max(used, USUAL)));
        fell = now;
        filled = now;
        tokens = 0;
    }

    /** Takes a token; {@link #delay} must have been 0. */
    void take(long now) {
        fill(now);
        tokens--;
    }

    /**
     * How long until a request may be sent.
     *
     * @param leavesReserve whether half of the bucket must be left for others
     * @return nanoseconds, 0 for now
     */
    long delay(long now, boolean leavesReserve) {
        if (isUnlimited(now)) {
            return 0;
        }
        fill(now);
        double missing = 1 + (leavesReserve ? burst(now) / 2 : 0) - tokens;
        return missing <= 0 ? 0 : (long) Math.ceil(missing / perSecond(now) * SECOND);
    }

    private void fill(long now) {
        double more = isUnlimited(now) ? burst(now) : perSecond(now) * (now - filled) / SECOND;
        tokens = Math.min(burst(now), tokens + more);
        filled = now;
    }

    private double burst(long now) {
        return isUnlimited(now) ? SMALLEST_BURST : Math.max(SMALLEST_BURST, perSecond(now) * BURST_SECONDS);
    }
}
