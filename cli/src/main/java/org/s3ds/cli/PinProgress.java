package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.s3ds.node.pins.Pinner;
import org.s3ds.rpc.Reply;

/** Tells a reply how many blocks pins have found so far, twice a second at most. */
final class PinProgress implements Pinner.Progress {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final Reply reply;
    private final boolean wanted;
    private final LongSupplier nanoTime;
    private long lastShown;
    private long blocksBefore;
    private long bytesBefore;
    private long blocks;
    private long bytes;

    /**
     * Nothing is told yet.
     *
     * @param wanted false for one that never tells anything
     * @param nanoTime the clock, in nanoseconds from anywhere
     */
    PinProgress(Reply reply, boolean wanted, LongSupplier nanoTime) {
        this.reply = reply;
        this.wanted = wanted;
        this.nanoTime = nanoTime;
        this.lastShown = nanoTime.getAsLong();
    }

    @Override
    public void found(long nowBlocks, long nowBytes) throws IOException {
        if (nowBlocks == 1) { // another pin's walk begins
            blocksBefore += blocks;
            bytesBefore += bytes;
        }
        blocks = nowBlocks;
        bytes = nowBytes;
        long now = nanoTime.getAsLong();
        if (now - lastShown >= INTERVAL) {
            lastShown = now;
            tell();
        }
    }

    /** Tells how many it were in the end. */
    void end() throws IOException {
        if (blocksBefore + blocks > 0) {
            tell();
        }
    }

    private void tell() throws IOException {
        if (wanted) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Progress", blocksBefore + blocks);
            fields.put("Bytes", bytesBefore + bytes);
            reply.value(fields);
        }
    }
}
