package org.s3ds.ipld.unixfs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.ProtoWriter;

/** Blocks that no importer makes. */
final class HostileBlocks {
    /** A CID of something else. */
    static final Cid ELSEWHERE = CidFormat.V1.cid(new byte[] {1, 2, 3});

    private HostileBlocks() {}

    static Block node(List<Link> links, byte[] data) {
        return Block.hash(CidFormat.V1, PbNode.of(links, data).encode());
    }

    static Link link(String name, Block block) {
        return new Link(name, block.cid(), 1);
    }

    /** A part of a file that says what it likes about sizes. */
    static Block file(List<Link> links, long fileSize, long... blockSizes) {
        int length = 2
                + ProtoWriter.numberSize(fileSize)
                + LongStream.of(blockSizes).mapToInt(ProtoWriter::numberSize).sum();
        ProtoWriter out = new ProtoWriter(length).number(1, 2).number(3, fileSize);
        LongStream.of(blockSizes).forEach(size -> out.number(4, size));
        return node(links, out.done());
    }

    static Block leaf(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return node(
                List.of(),
                UnixfsNode.leaf(UnixfsNode.Type.FILE, bytes, Metadata.NONE).encode());
    }

    /** A shard that says what it likes about its hash, slots and fanout. */
    static Block shard(long hashType, long fanout, byte[] bitfield, Link... links) {
        int length = 2
                + ProtoWriter.bytesSize(bitfield.length)
                + ProtoWriter.numberSize(hashType)
                + ProtoWriter.numberSize(fanout);
        byte[] data = new ProtoWriter(length)
                .number(1, 5)
                .bytes(2, bitfield)
                .number(5, hashType)
                .number(6, fanout)
                .done();
        return node(List.of(links), data);
    }

    /** The same block for whatever is asked: one that names itself. */
    static BlockSource always(Block block) {
        return cid -> Block.of(cid, block.data());
    }
}
