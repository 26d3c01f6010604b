package org.s3ds.ipld.unixfs;

import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/**
 * A way through blocks, parents before children, first child first. It does no I/O: it names the block it wants next,
 * and after each block those below it that it will want, so that the caller may fetch ahead. For one thread.
 *
 * @param <T> what each block gives
 */
public interface Walk<T> {
    /** The block to hand over next; empty at the end. */
    Optional<Cid> next();

    /**
     * Takes the block that {@link #next} named, whose bytes the caller knows to be right, and goes on.
     *
     * @throws FormatException when the block is not what its place demands; the walk then cannot go on
     * @throws IllegalArgumentException when it is another block
     */
    T accept(Block block) throws FormatException;

    /**
     * The blocks to visit that the block accepted last named, in sequence, a CID as often as it will be wanted; each is
     * visited with all that is below it before the next one. Empty before the first block.
     */
    List<Cid> children();
}
