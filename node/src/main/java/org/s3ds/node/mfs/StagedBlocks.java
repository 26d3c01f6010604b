package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.node.blocks.HashPolicy;

/**
 * The directories that are looked at and made while the files are read or changed, held in memory: each is read once,
 * and of those made along the way none is stored but what the last root needs. For one thread.
 */
final class StagedBlocks implements BlockSource, BlockSink {
    /** dag-pb with UnixFS data of type directory. */
    static final byte[] EMPTY_DIRECTORY = {0x0a, 0x02, 0x08, 0x01};

    /** The same of type file, 0 bytes long. */
    private static final byte[] EMPTY_FILE = {0x0a, 0x04, 0x08, 0x02, 0x18, 0x00};

    private final BlockSource stored;
    private final Map<Cid, Block> read = new HashMap<>();
    private final Map<Cid, Block> made = new HashMap<>();

    StagedBlocks(BlockSource stored) {
        this.stored = stored;
    }

    @Override
    public Block get(Cid cid) throws IOException {
        Block known = made.getOrDefault(cid, read.get(cid));
        if (known != null) {
            return known;
        }
        Block block = stored.get(cid);
        read.put(cid, block);
        return block;
    }

    /** Refuses, as a store would, what cannot be named so: an inlined directory that has grown, say. */
    @Override
    public void put(Block block) throws IOException {
        HashPolicy.kubo().check(block.cid().hash());
        if (!read.containsKey(block.cid())) {
            made.put(block.cid(), block);
        }
    }

    /** Makes an empty directory. */
    Cid emptyDirectory(CidFormat format) throws IOException {
        Block block = Block.hash(format, EMPTY_DIRECTORY);
        put(block);
        return block.cid();
    }

    /** Makes a file without bytes. */
    Cid emptyFile(CidFormat format) throws IOException {
        Block block = Block.hash(format, EMPTY_FILE);
        put(block);
        return block.cid();
    }

    /** Names a block in another way. */
    Cid rename(Cid cid, CidFormat format) throws IOException {
        Block block = Block.hash(format, get(cid).data());
        put(block);
        return block.cid();
    }

    /** Hands on those of the made blocks that are at a root or below it. */
    void store(Cid root, BlockSink sink) throws IOException {
        Deque<Cid> pending = new ArrayDeque<>();
        pending.push(root);
        while (!pending.isEmpty()) {
            Block block = made.remove(pending.pop());
            if (block != null) {
                sink.put(block);
                for (Link link : BlockLinks.of(block)) {
                    pending.push(link.cid());
                }
            }
        }
    }
}
