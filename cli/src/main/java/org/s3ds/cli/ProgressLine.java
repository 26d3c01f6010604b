package org.s3ds.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The line on a terminal that says how far a transfer is: bytes, rate, time left. Any thread may call it. */
final class ProgressLine implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String CLEAR = "\r\033[2K";

    private final PrintStream err;
    private final boolean shown;
    private final LongSupplier nanoTime;
    private final long start;
    private OptionalLong total = OptionalLong.empty();
    private long done;
    private long lastShown;
    private boolean standing;

    /**
     * A line that is not yet there.
     *
     * @param shown false for a line that never appears
     * @param nanoTime the clock, in nanoseconds from anywhere
     */
    ProgressLine(PrintStream err, boolean shown, LongSupplier nanoTime) {
        this.err = err;
        this.shown = shown;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
    }

    /** Sets how many bytes there will be. */
    synchronized void total(long bytes) {
        total = OptionalLong.of(bytes);
    }

    /** Counts bytes that were done; shows it at most ten times a second. */
    synchronized void add(long bytes) {
        done += bytes;
        long now = nanoTime.getAsLong();
        if (shown && now - lastShown >= INTERVAL) {
            lastShown = now;
            standing = true;
            err.print(CLEAR + text(now - start));
            err.flush();
        }
    }

    /** Takes the line away, so that another can be printed in its place; {@link #add} brings it back. */
    synchronized void clear() {
        if (standing) {
            standing = false;
            err.print(CLEAR);
            err.flush();
        }
    }

    /** Takes the line away for good. */
    @Override
    public void close() {
        clear();
    }

    private String text(long nanos) {
        double seconds = Math.max(nanos, 1) / 1e9;
        double rate = done / seconds;
        String sofar = Amount.of(done) + (total.isPresent() ? " of " + Amount.of(total.getAsLong()) : "");
        return sofar + ", " + Amount.of(rate) + "/s" + timeLeft(rate);
    }

    private String timeLeft(double rate) {
        if (total.isEmpty() || total.getAsLong() <= done || rate < 1) {
            return "";
        }
        long seconds = (long) Math.ceil((total.getAsLong() - done) / rate);
        long percent = done * 100 / total.getAsLong();
        return seconds < 3600
                ? String.format(Locale.ROOT, ", %d%%, %d:%02d left", percent, seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, ", %d%%, %d h %02d min left", percent, seconds / 3600, seconds / 60 % 60);
    }
}
