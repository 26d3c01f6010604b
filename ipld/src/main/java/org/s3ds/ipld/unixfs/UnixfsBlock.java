package org.s3ds.ipld.unixfs;

import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;

/**
 * A block that was read: the one place where its size and codec are judged.
 *
 * @param cid its name
 * @param links its links in the block's sequence; none for a raw block
 * @param node what it says it is; a raw block reads as a leaf
 */
record UnixfsBlock(Cid cid, List<Link> links, UnixfsNode node) {
    /** The most bytes a block may have: larger ones cannot be exchanged with other peers. */
    static final int MAX_SIZE = 2 << 20;

    /** @throws FormatException when it is not UnixFS, or above 2 MiB */
    static UnixfsBlock of(Block block) throws FormatException {
        if (block.size() > MAX_SIZE) {
            throw new FormatException(
                    "block " + block.cid() + " has " + block.size() + " bytes, where at most 2 MiB are read");
        }
        if (block.cid().codec() == Multicodec.RAW) {
            UnixfsNode leaf = UnixfsNode.leaf(UnixfsNode.Type.RAW, block.data(), Metadata.NONE);
            return new UnixfsBlock(block.cid(), List.of(), leaf);
        }
        return ofNode(block.cid(), node(block));
    }

    /** Whether the block is bytes and nothing else. */
    boolean isRaw() {
        return cid.codec() == Multicodec.RAW;
    }

    /** The links and data of a dag-pb block, whatever the data may be. */
    static PbNode node(Block block) throws FormatException {
        long codec = block.cid().codec();
        if (codec != Multicodec.DAG_PB) {
            String name = Multicodec.nameOf(codec).orElse("0x" + Long.toHexString(codec));
            throw new FormatException(
                    "block " + block.cid() + " is " + name + ", not a part of a file or directory (dag-pb or raw)");
        }
        try {
            return PbNode.decode(block.data());
        } catch (FormatException e) {
            throw new FormatException("block " + block.cid() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static UnixfsBlock ofNode(Cid cid, PbNode node) throws FormatException {
        if (node.data().isEmpty()) {
            throw new FormatException("block " + cid + " is not UnixFS: it has no data");
        }
        try {
            return new UnixfsBlock(
                    cid, node.links(), UnixfsNode.decode(node.data().get()));
        } catch (FormatException e) {
            throw new FormatException("block " + cid + " is not UnixFS: " + e.getMessage(), e);
        }
    }
}
