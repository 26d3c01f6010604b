package org.s3ds.node.blocks;

import java.io.IOException;

/** How large a block may be that other nodes are to fetch. */
public final class BlockLimit {
    /** What peers and gateways exchange at most, in bytes. */
    public static final int LARGEST = 2 << 20;

    private BlockLimit() {}

    /**
     * Refuses a larger one.
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
