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
     * The links of a block, in its order. Those of dag-pb have the names and sizes that it says; those of dag-cbor and
     * dag-json are named by the way to them, such as {@code a/b/0}, and have no size, which is 0. A block of these is
     * read as Kubo reads it, which is more than its codec allows.
     *
     * @throws FormatException when the block is not what its codec says, or its codec is not one whose links can be
     *     read: that is never "no links". Names the block
     */
    public static List<Link> of(Block block) throws FormatException {
        long codec = block.cid().codec();
        if (hasNone(codec)) {
            return List.of();
        }
        try {
            return read(codec, block.data());
        } catch (FormatException e) {
            throw new FormatException("the links of block " + block.cid() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Link> read(long codec, byte[] data) throws FormatException {
        if (codec == Multicodec.DAG_PB) {
            return PbNode.decode(data).links();
        }
        if (codec == Multicodec.DAG_CBOR) {
            return CborLinks.of(data);
        }
        if (codec == Multicodec.DAG_JSON) {
            return JsonLinks.of(data);
        }
        String name = Multicodec.nameOf(codec).orElse("0x" + Long.toHexString(codec));
        throw new FormatException("its codec is " + name + ", not dag-pb, dag-cbor or dag-json");
    }
}
