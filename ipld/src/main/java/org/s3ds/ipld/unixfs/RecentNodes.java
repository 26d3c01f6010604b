package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.PbNode;

/**
 * Hands blocks on, and knows the last nodes and the last leaf among them: the end of a file is read again when more is
 * added, and a sink need not have stored it by then.
 */
final class RecentNodes implements BlockSource, BlockSink {
    /** More than lie above one leaf. */
    private static final int MOST = FileWalk.MAX_DEPTH + 1;

    private final BlockSource source;
    private final BlockSink sink;
    private final SequencedMap<Cid, Block> nodes = new LinkedHashMap<>();
    private Optional<Block> lastLeaf = Optional.empty();

    RecentNodes(BlockSource source, BlockSink sink) {
        this.source = source;
        this.sink = sink;
    }

    @Override
    public void put(Block block) throws IOException {
        if (PbNode.beginsWithLink(block)) {
            nodes.putLast(block.cid(), block);
            if (nodes.size() > MOST) {
                nodes.pollFirstEntry();
            }
        } else {
            lastLeaf = Optional.of(block);
        }
        sink.put(block);
    }

    @Override
    public Block get(Cid cid) throws IOException {
        Optional<Block> leaf = lastLeaf.filter(block -> block.cid().equals(cid));
        Optional<Block> known = leaf.or(() -> Optional.ofNullable(nodes.get(cid)));
        return known.isPresent() ? known.get() : source.get(cid);
    }
}
