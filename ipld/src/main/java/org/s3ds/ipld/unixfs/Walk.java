package org.s3ds.ipld.unixfs;

import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/**
 * A way through blocks, parents before children, first child first. It does no I/O: it names the block it wants next,
 * and those it will want after it as far as it knows, so that the caller may fetch ahead. For one thread.
 *
 * @param <T> what each block gives
 */
public interface Walk<T> {
    /** The block to hand over next; empty at the end. */
    Optional<Cid> next();

    /**
     * Blocks that will be wanted, beginning with {@link #next}, in sequence; others may come between. A CID occurs as
     * often as it will be wanted.
     *
     * @param count how many at most
     */
    List<Cid> ahead(int count);

    /**
     * Takes the block that {@link #next} named, whose bytes the caller knows to be right, and goes on.
     *
     * @throws FormatException when the block is not what its place demands; the walk then cannot go on
     * @throws IllegalArgumentException when it is another block
     */
    T accept(Block block) throws FormatException;
}
