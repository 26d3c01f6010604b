package org.s3ds.node.blocks;

/**
 * How much may be on its way at once; {@link Flow} says how much of it should be.
 *
 * @param blocks how many requests at most, 1 or more
 * @param bytes how many bytes of blocks at most, 1 or more; a single larger block still goes, alone
 */
public record Window(int blocks, long bytes) {
    /** 100 blocks, as many as an S3 store has workers, and 64 MiB, or what an eighth of Java's memory is. */
    public static final Window DEFAULT =
            new Window(100, Math.min(64L << 20, Math.max(1, Runtime.getRuntime().maxMemory() / 8)));

    /** Refuses what would let nothing through. */
    public Window {
        if (blocks < 1 || bytes < 1) {
            throw new IllegalArgumentException("a window is of 1 block and 1 byte or more: " + blocks + ", " + bytes);
        }
    }
}
