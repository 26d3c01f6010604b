package org.s3ds.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;

/** A DAG of tiny raw leaves, and as many raw blocks that nothing links to, in a {@link SyntheticBucket}. */
final class ManyBlocks {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);
    private static final CidFormat NODE = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);

    /** As Kubo has it for large files. */
    private static final int LINKS = 174;

    private final SyntheticBucket bucket;
    private final String root;
    private int numbers;
    private int nodes;

    /** To be put below a root directory; empty for none. */
    ManyBlocks(SyntheticBucket bucket, String root) {
        this.bucket = bucket;
        this.root = root.isEmpty() ? "" : root + "/";
    }

    /** How many of the blocks have links. */
    int nodes() {
        return nodes;
    }

    /** Puts blocks that nothing links to. */
    void garbage(int count) {
        for (int i = 0; i < count; i++) {
            leaf();
        }
    }

    /** Puts a DAG of so many blocks in all, and returns its root. */
    Cid dag(int count) throws IOException {
        int leaves = count;
        while (leaves + above(leaves) > count) {
            leaves--;
        }
        if (leaves + above(leaves) != count) {
            throw new IllegalArgumentException("no such DAG has " + count + " blocks");
        }
        List<Cid> level = new ArrayList<>();
        for (int i = 0; i < leaves; i++) {
            level.add(leaf());
        }
        while (level.size() > 1) {
            List<Cid> next = new ArrayList<>();
            for (int from = 0; from < level.size(); from += LINKS) {
                next.add(node(level.subList(from, Math.min(level.size(), from + LINKS))));
            }
            level = next;
        }
        return level.getFirst();
    }

    private static int above(int leaves) {
        int nodes = 0;
        for (int level = leaves; level > 1; nodes += level) {
            level = Math.ceilDiv(level, LINKS);
        }
        return nodes;
    }

    private Cid node(List<Cid> children) throws IOException {
        nodes++;
        return put(Block.hash(
                NODE,
                PbNode.of(children.stream().map(child -> new Link("", child, 8)).toList(), null)
                        .encode()));
    }

    private Cid leaf() {
        return put(Block.hash(RAW, ByteBuffer.allocate(8).putLong(numbers++).array()));
    }

    private Cid put(Block block) {
        byte[] hash = block.cid().hash().toBytes();
        bucket.put(root + Multibase.BASE32_UPPER.encode(hash).substring(1), block.data());
        return block.cid();
    }
}
