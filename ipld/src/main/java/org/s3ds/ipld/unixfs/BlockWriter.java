package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.ProtoWriter;

/**
 * Makes blocks of leaves and nodes, names them and hands them on. Each is encoded once, hashed once and not copied. A
 * block that fits into its own CID is not handed on: there is nothing to store.
 */
final class BlockWriter {
    private final CidFormat nodes;
    private final CidFormat raw;
    private final OptionalInt inlineLimit;
    private final BlockSink sink;

    BlockWriter(CidFormat format, OptionalInt inlineLimit, BlockSink sink) {
        this.nodes = format.withCodec(Multicodec.DAG_PB);
        this.raw = format.withCodec(Multicodec.RAW);
        this.inlineLimit = inlineLimit;
        this.sink = sink;
    }

    /**
     * A writer that names blocks as another was named. One that is part of its CID has blocks beside it that are, as
     * far as they fit, and else sha2-256.
     *
     * @throws FormatException when the hash of that CID is not known
     */
    static BlockWriter like(Cid cid, BlockSink sink) throws FormatException {
        if (cid.isIdentity()) {
            return new BlockWriter(CidFormat.V1, OptionalInt.of(ImportOptions.MAX_INLINE), sink);
        }
        long code = cid.hash().code();
        HashFunction hash = HashFunction.byCode(code)
                .orElseThrow(() -> new FormatException(
                        "block " + cid + " cannot be changed: its hash 0x" + Long.toHexString(code) + " is not known"));
        return new BlockWriter(new CidFormat(cid.version(), Multicodec.DAG_PB, hash), OptionalInt.empty(), sink);
    }

    /** A block of these bytes and nothing else. */
    Link raw(byte[] bytes) throws IOException {
        return new Link("", put(raw, bytes), bytes.length);
    }

    /** A node; its links in the given sequence, which must be that of their names. */
    Link node(List<EncodedLink> links, UnixfsNode data) throws IOException {
        byte[] block = encode(links, data);
        long size = block.length;
        for (EncodedLink link : links) {
            size += link.size();
            if (size < 0) {
                throw new FormatException("the blocks below one node are more than 2^63-1 bytes together");
            }
        }
        return new Link("", put(nodes, block), size);
    }

    private Cid put(CidFormat format, byte[] bytes) throws IOException {
        if (inlineLimit.isPresent() && bytes.length <= inlineLimit.getAsInt()) {
            return Cid.v1(format.codec(), HashFunction.IDENTITY.hash(bytes));
        }
        Block block = Block.hash(format, bytes);
        sink.put(block);
        return block.cid();
    }

    private static byte[] encode(List<EncodedLink> links, UnixfsNode data) throws FormatException {
        int dataSize = data.encodedSize();
        long length = ProtoWriter.bytesSize(dataSize);
        for (EncodedLink link : links) {
            length += link.fieldSize();
        }
        if (length > UnixfsBlock.MAX_SIZE) {
            throw new FormatException("produced block is over 2MiB: a node with " + links.size() + " links takes "
                    + length + " bytes; allow fewer links in a node, or sharding");
        }
        ProtoWriter out = new ProtoWriter((int) length);
        links.forEach(link -> link.writeTo(out));
        data.writeTo(out.message(1, dataSize));
        return out.done();
    }
}
