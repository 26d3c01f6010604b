package org.s3ds.node.transfer;

import java.io.IOException;
import java.util.Optional;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Block;

/** The blocks that a source has, named one after the other. For one thread, which closes it. */
interface Offers extends AutoCloseable {
    /** The next block; empty at the end. */
    Optional<Offer> next() throws IOException;

    /** Names that were passed over so far, as they are no blocks'. */
    Found foreign();

    @Override
    void close() throws IOException;

    /**
     * A block that can be had.
     *
     * @param key as a place has it
     * @param size in bytes
     * @param content may be read by any thread
     */
    record Offer(Key key, long size, Content content) {}

    /** The bytes of a block. */
    @FunctionalInterface
    interface Content {
        /**
         * Reads them, and compares them with their hash.
         *
         * @throws org.s3ds.ipld.MissingBlockException when the block is gone by now
         * @throws org.s3ds.node.blocks.CorruptBlockException when they are not those of the hash
         */
        Block read() throws IOException;
    }
}
