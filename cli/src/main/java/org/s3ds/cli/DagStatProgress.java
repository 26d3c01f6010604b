package org.s3ds.cli;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.dag.DagStat;

/** Kubo's line that says how many blocks of DAGs were met so far. */
final class DagStatProgress implements DagStat.Progress, AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final Terminal terminal;
    private final boolean shown;
    private long lastShown = System.nanoTime();

    /** @param asked whether to show it; null for when somebody sees it */
    DagStatProgress(Terminal terminal, @Nullable Boolean asked) {
        this.terminal = terminal;
        this.shown = asked == null ? terminal.watched() : asked;
    }

    /** Shows it at most ten times a second. */
    @Override
    public void found(long blocks, long bytes) {
        long now = System.nanoTime();
        if (shown && now - lastShown >= INTERVAL) {
            lastShown = now;
            terminal.err()
                    .print("Fetched/Processed %d blocks, %d bytes (%s)\r"
                            .formatted(blocks, bytes, HumanSize.of(bytes)));
            terminal.err().flush();
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown) {
            terminal.err().print("\033[2K\r");
            terminal.err().flush();
        }
    }
}
