package org.s3ds.s3;

/**
 * How many requests a second a server takes, as far as its refusals tell: unlimited until the first, and again after a
 * minute without one. Two refusals within a second, and one in a hundred requests, make it fall by a part of itself:
 * large services refuse a request now and then for reasons of their own, which more patience would not change. After a
 * fall it climbs as TCP CUBIC does, fast back to where it was refused, slowly there, and faster again beyond. The curve
 * is relative to the rate, so that it takes the same time for 20 and for 5,000 a second. Requests draw from a bucket of
 * tokens that fills at this rate and holds those of a twentieth of a second. While the server wants to be left alone,
 * nobody sends anything.
 *
 * <p>Times are {@link System#nanoTime()}'s. For one thread at a time.
 */
final class RequestRate {
    /** What a refusal leaves of the rate at once. */
    private static final double FALL = 0.8;
    /** And where it stays for a while, before it tries more: a little below what was refused. */
    private static final double PLATEAU = 0.9;
    /** One request in so many seconds is as slow as it gets. */
    private static final double SLOWEST = 0.5;
    /** A refusal of fewer requests than these a second is not believed to be about their rate at once. */
    private static final double USUAL = 20;

    private static final long FEWEST_REFUSALS = 2;
    private static final double SMALLEST_PART = 0.01;
    private static final double STEEPNESS = 0.004;
    private static final double FORGOTTEN_SECONDS = 60;
    private static final double BURST_SECONDS = 0.05;
    private static final double SMALLEST_BURST = 2;
    private static final double SECOND = 1e9;

    private double ceiling;
    /** Where the rate stays for a while after the last refusal; infinite when there was none, or none lately. */
    private double plateau = Double.POSITIVE_INFINITY;

    private final RecentRate refusals;
    private long fell;
    private double tokens;
    private long filled;
    /** Until then nothing is sent. */
    private long held;

    /**
     * Full of tokens, and without a refusal.
     *
     * @param ceiling requests a second that are never exceeded, over any second from 40 on, and by no more than two
     *     below; infinite for none
     */
    RequestRate(double ceiling, long now) {
        this.ceiling = ceiling;
        this.filled = now;
        this.held = now;
        this.refusals = new RecentRate(now);
        this.tokens = burst(now);
    }

    /** Another ceiling from now on. */
    void limit(double requestsPerSecond) {
        ceiling = requestsPerSecond;
    }

    /** Whether a request may be sent now that takes no token. */
    boolean isOpen(long now) {
        return isUnlimited(now) && !isHeld(now);
    }

    /** Whether the server wants to be left alone now. */
    boolean isHeld(long now) {
        return held - now > 0;
    }

    /** Nothing is to be sent before. */
    void holdUntil(long end) {
        held = end - held > 0 ? end : held;
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
        return plateau == Double.POSITIVE_INFINITY || (now - fell) / SECOND > FORGOTTEN_SECONDS;
    }

    private double climbed(double seconds) {
        double scale = STEEPNESS * Math.max(plateau, USUAL);
        double back = Math.cbrt(plateau * (1 - FALL / PLATEAU) / scale);
        return plateau + scale * Math.pow(seconds - back, 3);
    }

    /**
     * A request was refused: there are no tokens left, and the rate falls if it is not the only one, and if it has not
     * fallen since that request was sent.
     *
     * @param sent when
     * @param used the requests that were sent lately; a rate that nobody used is not what was refused
     */
    void refused(long sent, long now, RecentRate used) {
        refusals.count(now);
        fill(now);
        tokens = Math.min(tokens, 0);
        boolean isAnswered = !isForgotten(now) && sent - fell < 0;
        long lately = refusals.lately(now);
        if (isAnswered || lately < FEWEST_REFUSALS || lately < SMALLEST_PART * used.lately(now)) {
            return;
        }
        double sentRate = used.perSecond(now);
        double taken = sentRate * (1 - Math.min(1, lately / (double) used.lately(now)));
        double was = Math.max(SLOWEST / FALL, Math.min(perSecond(now), Math.max(sentRate, USUAL)));
        // no lower than the server has just shown to be possible
        plateau = PLATEAU / FALL * Math.clamp(FALL * taken, FALL * was, was);
        fell = now;
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
        long alone = Math.max(0, held - now);
        if (isUnlimited(now)) {
            return alone;
        }
        fill(now);
        double missing = 1 + (leavesReserve ? burst(now) / 2 : 0) - tokens;
        return missing <= 0 ? alone : Math.max(alone, (long) Math.ceil(missing / perSecond(now) * SECOND));
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
