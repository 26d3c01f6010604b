package org.s3ds.node.mfs;

import java.io.IOException;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;

/**
 * A file or directory whose root block was read.
 *
 * @param root the root block
 * @param blocks where all its blocks are; the root block is not asked for again
 */
public record MfsNode(Block root, BlockSource blocks) {
    /** Reads a root block. */
    public static MfsNode read(Blockstore blocks, Cid cid) throws IOException {
        return of(blocks.get(cid), blocks);
    }

    static MfsNode of(Block root, BlockSource blocks) {
        return new MfsNode(root, cid -> cid.equals(root.cid()) ? root : blocks.get(cid));
    }

    /** What names it. */
    public Cid cid() {
        return root.cid();
    }

    /**
     * What its root block tells.
     *
     * @throws org.s3ds.ipld.FormatException when it is no part of a file or directory
     */
    public FileStat stat() throws IOException {
        return FileStat.of(root);
    }
}
