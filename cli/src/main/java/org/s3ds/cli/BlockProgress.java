package org.s3ds.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The line on a terminal that says how many blocks were looked at, how fast, and about how long it will take. */
final class BlockProgress implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\033[2K";

    private final Optional<Terminal> watched;
    private final OptionalLong about;
    private final long start = System.nanoTime();
    private long first = -1;
    private long lastShown = start;
    private boolean standing;

    /**
     * A line that is not yet there, and never is where nobody looks.
     *
     * @param watcher the terminal of who waits
     * @param about about how many blocks there are, if that is known
     */
    BlockProgress(Optional<Terminal> watcher, OptionalLong about) {
        this.watched = watcher.filter(Terminal::watched);
        this.about = about;
    }

    /** Shows how far it is, five times a second at most. */
    void show(long blocks, long bytes) {
        first = first < 0 ? blocks - 1 : first;
        long now = System.nanoTime();
        if (now - lastShown >= INTERVAL) {
            lastShown = now;
            standing = true;
            print(CLEAR + text(blocks, bytes, (blocks - first) * 1e9 / (now - start)));
        }
    }

    /** Takes the line away, so that another can be printed in its place. */
    void clear() {
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

    private String text(long blocks, long bytes, double perSecond) {
        String of = about.isPresent() ? String.format(Locale.ROOT, " of about %,d", about.getAsLong()) : "";
        return String.format(Locale.ROOT, "%,d%s blocks, %s, %,.0f/s", blocks, of, Amount.of(bytes), perSecond)
                + left(blocks, perSecond);
    }

    private String left(long blocks, double perSecond) {
        if (about.isEmpty() || about.getAsLong() <= blocks || perSecond < 0.01) {
            return "";
        }
        long seconds = (long) Math.ceil((about.getAsLong() - blocks) / perSecond);
        return seconds < 3600
                ? String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, ", %d h %02d min left", seconds / 3600, seconds / 60 % 60);
    }
}
