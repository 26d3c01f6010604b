package org.s3ds.node.transfer;

import java.io.IOException;
import org.s3ds.datastore.Key;

/** Is told what a {@link Transfer} does, by the thread that runs it. */
public interface TransferListener {
    /** Is told nothing. */
    TransferListener NONE = so -> {};

    /**
     * It has come so far; told for each block that is named, and each that has ended.
     *
     * @throws IOException ends the transfer
     */
    void progress(TransferProgress so) throws IOException;

    /**
     * The source has named a block, which may be in the target already, or gone by the time it is read.
     *
     * @throws IOException ends the transfer
     */
    default void seen(Key key, long size) throws IOException {}

    /**
     * A block that was {@link #seen} is about to be copied: nothing of it is in the target before this returns.
     *
     * @throws IOException ends the transfer
     */
    default void sending(Key key) throws IOException {}

    /** A block of the source cannot be had: it is damaged, or cannot be read. The sentence says which, and where. */
    default void bad(String sentence) {}
}
