package org.s3ds.node.blocks;

import java.io.IOException;

/**
 * A place in the stream of blocks handed to a {@link BlockWriter}: it answers for every block handed over before it was
 * taken, and for none after. Any thread may ask.
 */
public interface Receipt {
    /** Whether every block before the mark is stored. */
    boolean isDone();

    /**
     * Waits until every block before the mark is stored. Blocks after the mark are not waited for.
     *
     * @throws IOException when one of them could not be stored, or the wait was interrupted
     */
    void await() throws IOException;
}
