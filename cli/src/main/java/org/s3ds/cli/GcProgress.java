package org.s3ds.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The line on a terminal that says how far a collection of garbage is: first what is marked, then what is listed and
 * freed. Any thread may call it.
 */
final class GcProgress implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\033[2K";

    private final Optional<Terminal> watched;
    private final OptionalLong expected;
    private final Supplier<OptionalLong> requests;
    private final LongSupplier nanoTime;
    private long phaseBegan;
    private long lastShown;
    private boolean standing;
    private boolean sweeps;
    private long removed;
    private long freed;

    /**
     * A line that is not yet there.
     *
     * @param watcher the terminal of who waits
     * @param expected how many blocks there were when they were last listed; empty when that is not known
     * @param requests how many were sent so far
     * @param nanoTime the clock, in nanoseconds from anywhere
     */
    GcProgress(
            Optional<Terminal> watcher, OptionalLong expected, Supplier<OptionalLong> requests, LongSupplier nanoTime) {
        this.watched = watcher.filter(Terminal::watched);
        this.expected = expected;
        this.requests = requests;
        this.nanoTime = nanoTime;
        this.phaseBegan = nanoTime.getAsLong();
        this.lastShown = phaseBegan;
    }

    /** So many blocks are marked, and so many were read for it. */
    synchronized void marked(long blocks, long read, long bytes) {
        if (isDue()) {
            show("marked %,d blocks, read %,d (%s), %s/s"
                    .formatted(blocks, read, Amount.of(bytes), rate(blocks, seconds())));
        }
    }

    /** So many blocks are listed. */
    synchronized void listed(long blocks) {
        if (!sweeps) {
            sweeps = true;
            phaseBegan = nanoTime.getAsLong();
        }
        if (isDue()) {
            show("listed %,d blocks, removed %,d (%s), %s/s%s"
                    .formatted(blocks, removed, Amount.of(freed), rate(blocks, seconds()), timeLeft(blocks)));
        }
    }

    /** A block is gone. */
    synchronized void removed(long bytes) {
        removed++;
        freed += bytes;
    }

    /** Takes the line away, so that another can be printed in its place. */
    synchronized void clear() {
        if (standing) {
            standing = false;
            print(CLEAR);
        }
    }

    private void print(String text) {
        watched.ifPresent(terminal -> {
            terminal.err().print(text);
            terminal.err().flush();
        });
    }

    @Override
    public void close() {
        clear();
    }

    private boolean isDue() {
        return watched.isPresent() && nanoTime.getAsLong() - lastShown >= INTERVAL;
    }

    private void show(String text) {
        lastShown = nanoTime.getAsLong();
        standing = true;
        String sent = requests.get().isPresent()
                ? String.format(Locale.ROOT, ", %,d requests", requests.get().getAsLong())
                : "";
        print(CLEAR + text + sent);
    }

    private double seconds() {
        return Math.max(nanoTime.getAsLong() - phaseBegan, 1) / 1e9;
    }

    private static String rate(long blocks, double seconds) {
        return String.format(Locale.ROOT, "%,.0f", blocks / seconds);
    }

    private String timeLeft(long listed) {
        if (expected.isEmpty() || listed == 0 || expected.getAsLong() <= listed) {
            return "";
        }
        long left = (long) Math.ceil((expected.getAsLong() - listed) * seconds() / listed);
        return String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
    }
}
