package org.s3ds.node.blocks;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of blocks may be in memory and in flight at once. Readers and writers who are at work at the same time share
 * one: the more there are, the less each may hold, so that all of them together fit into Java's memory. Thread-safe.
 */
public final class Window {
    /**
     * 100 blocks, as many as an S3 store has workers, and 64 MiB. All who use it together hold an eighth of Java's
     * memory, which is one for the whole process, as this is.
     */
    public static final Window DEFAULT =
            new Window(100, 64L << 20, Math.max(1, Runtime.getRuntime().maxMemory() / 8));

    private final int blocks;
    private final long bytes;
    private final long shared;
    private final AtomicInteger users = new AtomicInteger();

    /**
     * A window.
     *
     * @param blocks how many requests at most, 1 or more
     * @param bytes how many bytes of blocks at most, 1 or more; a single larger block still goes, alone
     */
    public Window(int blocks, long bytes) {
        this(blocks, bytes, Long.MAX_VALUE);
    }

    private Window(int blocks, long bytes, long shared) {
        if (blocks < 1 || bytes < 1) {
            throw new IllegalArgumentException("a window is of 1 block and 1 byte or more: " + blocks + ", " + bytes);
        }
        this.blocks = blocks;
        this.bytes = bytes;
        this.shared = shared;
    }

    /** Of one that is shared by all who enter it. */
    static Window shared(int blocks, long bytes, long all) {
        return new Window(blocks, bytes, all);
    }

    /** How many requests each may have in flight. */
    public int blocks() {
        return blocks;
    }

    /** How many bytes of blocks each may hold, as long as there are as many as now. */
    public long bytes() {
        return Math.max(1, Math.min(bytes, shared / Math.max(1, users.get())));
    }

    /** From here on there is one more, which leaves when it has come to its end. */
    public void enter() {
        users.incrementAndGet();
    }

    /** And one less. */
    public void leave() {
        users.decrementAndGet();
    }
}
