package org.s3ds.node.blocks;

import java.io.IOException;

/** How large a block may be. */
public final class BlockLimit {
    /** What peers and gateways exchange at most, in bytes. */
    public static final int LARGEST = 2 << 20;

    /**
     * What is read as a block at most when its size is known before, in bytes: 128 times what is exchanged. What is
     * larger bears a block's name by mistake, and need not fit into memory.
     */
    public static final int READ = 256 << 20;

    private BlockLimit() {}

    /**
     * Refuses one that is larger than what is exchanged.
     *
     * @throws IOException with Kubo's sentence
     */
    public static void check(long bytes) throws IOException {
        if (bytes > LARGEST) {
            throw new IOException(
                    "produced block is over 2MiB: big blocks can't be exchanged with other peers. consider"
                            + " using UnixFS for automatic chunking of bigger files, or pass --allow-big-block to override");
        }
    }
}
