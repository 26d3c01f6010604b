package org.s3ds.node.mfs;

import java.io.IOException;
import org.s3ds.ipld.Block;
import org.s3ds.node.blocks.Blockstore;

/**
 * How much of a DAG is there.
 *
 * @param whole whether all of it is
 * @param bytes of the blocks that are there, repeated ones counted each time; what is below a missing block is not
 */
public record LocalPart(boolean whole, long bytes) {
    /**
     * Looks for every block at and below a root that was read; raw ones are asked for and not read.
     *
     * @throws IOException when it cannot be told
     */
    public static LocalPart of(Blockstore blocks, Block root) throws IOException {
        return new LocalWalk(blocks, root).run();
    }
}
