package org.s3ds.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.s3ds.node.pins.Pinner;

/** Kubo's line that says how many blocks a pin has found so far. */
final class PinProgress implements Pinner.Progress {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private final PrintStream err;
    private final boolean shown;
    private final LongSupplier nanoTime;
    private long lastShown;
    private long blocksBefore;
    private long bytesBefore;
    private long blocks;
    private long bytes;

    /**
     * A line that is not yet there.
     *
     * @param shown false for a line that never appears
     * @param nanoTime the clock, in nanoseconds from anywhere
     */
    PinProgress(PrintStream err, boolean shown, LongSupplier nanoTime) {
        this.err = err;
        this.shown = shown;
        this.nanoTime = nanoTime;
        this.lastShown = nanoTime.getAsLong();
    }

    /** Shows it at most twice a second. */
    @Override
    public void found(long nowBlocks, long nowBytes) {
        if (nowBlocks == 1) { // another pin's walk begins
            blocksBefore += blocks;
            bytesBefore += bytes;
        }
        blocks = nowBlocks;
        bytes = nowBytes;
        long now = nanoTime.getAsLong();
        if (now - lastShown >= INTERVAL) {
            lastShown = now;
            show();
        }
    }

    /** Shows how many it were in the end. */
    void end() {
        if (blocksBefore + blocks > 0) {
            show();
        }
    }

    private void show() {
        if (shown) {
            err.print("Fetched/Processed %d nodes (%s)\r".formatted(blocksBefore + blocks, text(bytesBefore + bytes)));
            err.flush();
        }
    }

    /** As Kubo writes it, by thousands: two digits at least, unless it is bytes. */
    static String text(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        double rounded = Math.floor(value * 10 + 0.5) / 10;
        return String.format(Locale.ROOT, unit > 0 && rounded < 10 ? "%.1f %s" : "%.0f %s", rounded, UNITS[unit]);
    }
}
