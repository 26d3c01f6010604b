package org.s3ds.node.blocks;

/**
 * How many requests should be in flight: as many as keep the way to the store full, and no more, as each holds a block
 * in memory. That is twice what comes, at the rate of late, in the time that the fastest took, and some more. Where the
 * processor or the disk is the limit, more in flight would only wait for each other; over a long way the number grows
 * within two round trips. What comes at once, as from memory, says nothing of the way. Not for several threads.
 */
public final class Flow {
    /** In flight in any case, if they may be. */
    private static final int SPARE = 32;
    /** Each time so many as may be in flight have ended, this part of the fastest's time is added to it. */
    private static final int FORGOTTEN = 32;
    /** In less than this, in nanoseconds, nothing comes over a way that more in flight could fill. */
    private static final long AT_ONCE = 1_000_000;

    private final int most;
    private int now;
    private int ended;
    private long since;
    private boolean begun;
    private long fastest = Long.MAX_VALUE / 2;

    /**
     * For a way that nothing is known of.
     *
     * @param most requests in flight at any time, 1 or more
     */
    public Flow(int most) {
        this.most = most;
        this.now = Math.min(SPARE, most);
    }

    /** How many should be in flight now, 1 or more. */
    public int inFlight() {
        return now;
    }

    /** Whether more might be in flight than should be now. */
    boolean isNarrow() {
        return now < most;
    }

    /**
     * A request has ended.
     *
     * @param start when it began, in {@link System#nanoTime}
     * @param end when it ended
     */
    public void ended(long start, long end) {
        if (end - start < AT_ONCE) {
            return;
        }
        if (!begun) {
            begun = true;
            since = start;
        }
        fastest = Math.min(fastest, end - start);
        if (++ended >= now) {
            double inOneTrip = (double) ended / Math.max(1, end - since) * fastest;
            now = (int) Math.min(most, SPARE + 2 * inOneTrip);
            // the way may have become longer
            fastest += fastest / FORGOTTEN;
            ended = 0;
            since = end;
        }
    }
}
