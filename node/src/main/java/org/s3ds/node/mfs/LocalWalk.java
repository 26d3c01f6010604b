package org.s3ds.node.mfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.BlockFetcher;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Window;

/**
 * Adds up what there is of a DAG, each block as often as a way leads to it, but looked at only once for each block that
 * links to it, and not at all below a node that was added up before.
 */
final class LocalWalk {
    /** Comes in the place of a block that is missing. */
    private static final Block NOTHING =
            Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.IDENTITY), new byte[0]);

    private final Blockstore blocks;
    private final Block root;

    /** What nodes with links come to. */
    private final Map<Cid, LocalPart> known = new HashMap<>();

    private final Deque<Node> open = new ArrayDeque<>();
    private final Deque<Node> pending = new ArrayDeque<>();
    private LocalPart result = new LocalPart(false, 0);

    LocalWalk(Blockstore blocks, Block root) {
        this.blocks = blocks;
        this.root = root;
    }

    /** A node of the walk: how often it counts, and what it comes to so far. */
    private static final class Node {
        private final Cid cid;
        private final long times;
        private long bytes;
        private boolean whole = true;
        private boolean links;
        private int children;

        Node(Cid cid, long times) {
            this.cid = cid;
            this.times = times;
        }

        void add(LocalPart part, long partTimes) {
            bytes += part.bytes() * partTimes;
            whole &= part.whole();
        }
    }

    LocalPart run() throws IOException {
        pending.push(new Node(root.cid(), 1));
        try (BlockFetcher fetcher = new BlockFetcher(this::fetch, root.cid(), this::children, Window.DEFAULT)) {
            while (fetcher.next().isPresent()) {
                closeEnded();
            }
        }
        return result;
    }

    /** A raw block comes as the number of its bytes. */
    private Block fetch(Cid cid) throws IOException {
        if (cid.equals(root.cid())) {
            return root;
        }
        if (BlockLinks.hasNone(cid.codec())) {
            OptionalLong size = blocks.size(cid);
            return size.isEmpty() ? NOTHING : Block.of(cid, number(size.getAsLong()));
        }
        try {
            return blocks.getStored(cid);
        } catch (MissingBlockException _) {
            return NOTHING;
        }
    }

    private static byte[] number(long size) {
        return ByteBuffer.allocate(Long.BYTES).putLong(size).array();
    }

    private List<Cid> children(Block block) throws IOException {
        Node node = pending.pop();
        open.push(node);
        if (!block.cid().equals(node.cid)) {
            node.whole = false;
            return List.of();
        }
        boolean counted =
                BlockLinks.hasNone(block.cid().codec()) && !block.cid().equals(root.cid());
        node.bytes = counted ? ByteBuffer.wrap(block.data()).getLong() : block.size();
        return counted ? List.of() : enlist(node, BlockLinks.of(block));
    }

    private List<Cid> enlist(Node node, List<Link> links) {
        Map<Cid, Long> times = new LinkedHashMap<>();
        links.forEach(link -> times.merge(link.cid(), 1L, Long::sum));
        List<Cid> children = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        times.forEach((cid, count) -> {
            LocalPart part = known.get(cid);
            if (part != null) {
                node.add(part, count);
            } else {
                children.add(cid);
                nodes.add(new Node(cid, count));
            }
        });
        node.links = !links.isEmpty();
        node.children = children.size();
        nodes.reversed().forEach(pending::push);
        return children;
    }

    /** Adds nodes that are complete to those that link to them. */
    private void closeEnded() {
        while (!open.isEmpty() && open.getFirst().children == 0) {
            Node ended = open.pop();
            LocalPart part = new LocalPart(ended.whole, ended.bytes);
            if (ended.links) {
                known.put(ended.cid, part);
            }
            if (open.isEmpty()) {
                result = part;
            } else {
                open.getFirst().add(part, ended.times);
                open.getFirst().children--;
            }
        }
    }
}
