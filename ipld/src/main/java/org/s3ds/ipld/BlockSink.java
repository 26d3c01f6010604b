package org.s3ds.ipld;

import java.io.IOException;

/** Where new blocks go. */
@FunctionalInterface
public interface BlockSink {
    /**
     * Takes a block. It may return before the block is stored: whoever owns the sink asks it when all is done.
     *
     * @throws IOException when this block, or one taken earlier, could not be stored
     */
    void put(Block block) throws IOException;
}
