package org.s3ds.cli;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.s3ds.node.pins.Pinner;

/** Kubo's line that says how many blocks a pin has found so far. */
final class PinProgress implements Pinner.Progress {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

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
            err.print("Fetched/Processed %d nodes (%s)\r"
                    .formatted(blocksBefore + blocks, HumanSize.of(bytesBefore + bytes)));
            err.flush();
        }
    }
}
