package org.s3ds.node.blocks;

import java.io.IOException;
import org.s3ds.ipld.Cid;

/**
 * What is to be found out of blocks, or the blocks themselves.
 *
 * @param <R> the answer
 */
@FunctionalInterface
public interface BlockQuestion<R> {
    /** The answer for one block; asked by many threads at once. */
    R ask(Cid cid) throws IOException;
}
