package org.s3ds.ipld;

import java.util.List;

/** The links that a block holds, by its codec. */
public final class BlockLinks {
    private BlockLinks() {}

    /** Whether blocks of a codec never hold links, so that none needs to be read for them. */
    public static boolean hasNone(long codec) {
        return codec == Multicodec.RAW || codec == Multicodec.CBOR || codec == Multicodec.JSON;
    }

    /**
     * The links of a block, in its order.
     *
     * @throws FormatException when the block is not what its codec says, or its codec is not one whose links can be
     *     read: that is never "no links"
     */
    public static List<Link> of(Block block) throws FormatException {
        long codec = block.cid().codec();
        if (hasNone(codec)) {
            return List.of();
        }
        if (codec != Multicodec.DAG_PB) {
            String name = Multicodec.nameOf(codec).orElse("0x" + Long.toHexString(codec));
            throw new FormatException(
                    "the links of block " + block.cid() + " cannot be read: its codec is " + name + ", not dag-pb");
        }
        return PbNode.decode(block.data()).links();
    }
}
