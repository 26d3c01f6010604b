package org.s3ds.node.unixfs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.node.blocks.BlockFetcher;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.blocks.Window;

/**
 * The links of blocks, each before those below it. A block is read for the links it holds, each once: one that is known
 * to have none, and one at the greatest depth, is named without being read.
 */
public final class References {
    /** How deep a listing goes when nothing bounds it. */
    public static final int UNLIMITED = -1;

    private final Blockstore blocks;
    private final boolean unique;
    private final int maxDepth;
    private final Sink sink;

    /** Where depth counts, how deep a CID was met. */
    private final Map<Cid, Integer> depths = new HashMap<>();

    private final CidSet seen = CidSet.withIdentities();

    /**
     * A listing.
     *
     * @param unique a CID is told once, over all roots
     * @param maxDepth levels of links below a root; 1 for its own links, {@link #UNLIMITED} for all
     */
    public References(Blockstore blocks, boolean unique, int maxDepth, Sink sink) {
        this.blocks = blocks;
        this.unique = unique;
        this.maxDepth = maxDepth;
        this.sink = sink;
    }

    /** Is told each link. */
    @FunctionalInterface
    public interface Sink {
        /** A link of a block. */
        void reference(Cid from, Link link) throws IOException;
    }

    /** Tells the links at and below a root. */
    public void list(Cid root) throws IOException {
        Listing listing = new Listing();
        try (BlockFetcher fetcher = new BlockFetcher(blocks, root, listing, Window.DEFAULT)) {
            Optional<Block> block;
            do {
                block = fetcher.next();
                listing.tellWithoutBlocks();
            } while (block.isPresent());
        }
    }

    /**
     * A link of a block.
     *
     * @param leaf whether what it leads to is known to have no links
     */
    private record Edge(Cid from, Link link, int depth, boolean leaf) {}

    /** What is to be told of a link, and whether its own links are to be listed. */
    private record Visit(boolean tell, boolean goDeeper) {
        static final Visit NEITHER = new Visit(false, false);
    }

    /** A CID met again is listed again only where it is now nearer to the root, so that more of it is within reach. */
    private Visit visit(Cid cid, int depth) {
        if (maxDepth >= 0 && depth > maxDepth) {
            return Visit.NEITHER;
        }
        boolean deeper = depth != maxDepth;
        if (!unique) {
            return new Visit(true, deeper);
        }
        if (maxDepth < 0) {
            boolean isNew = seen.add(cid);
            return new Visit(isNew, isNew);
        }
        Integer earlier = depths.get(cid);
        if (earlier != null && earlier <= depth) {
            return Visit.NEITHER;
        }
        depths.put(cid, depth);
        return new Visit(earlier == null, deeper);
    }

    /** The links below one root that are known and not yet told, the next one first. */
    private final class Listing implements BlockFetcher.Walk {
        private final Deque<Edge> pending = new ArrayDeque<>();
        private boolean begun;

        @Override
        public List<Cid> children(Block block) throws IOException {
            if (!begun) {
                begun = true;
                return enlist(block, 0);
            }
            Edge edge = pending.removeFirst();
            return tell(edge) ? enlist(block, edge.depth) : List.of();
        }

        /** The root is read, wherever it was met. */
        @Override
        public boolean wants(Cid cid) {
            return !begun || !isDone(cid);
        }

        private boolean isDone(Cid cid) {
            return unique && maxDepth < 0 && seen.contains(cid);
        }

        void tellWithoutBlocks() throws IOException {
            while (!pending.isEmpty() && !needsBlock(pending.getFirst())) {
                tell(pending.removeFirst());
            }
        }

        private boolean tell(Edge edge) throws IOException {
            Visit visit = visit(edge.link.cid(), edge.depth);
            if (visit.tell) {
                sink.reference(edge.from, edge.link);
            }
            return visit.goDeeper;
        }

        private boolean needsBlock(Edge edge) {
            boolean deeper = maxDepth < 0 || edge.depth < maxDepth;
            return deeper && !edge.leaf && !isDone(edge.link.cid());
        }

        private List<Cid> enlist(Block block, int depth) throws IOException {
            List<Edge> edges = new ArrayList<>();
            List<Cid> children = new ArrayList<>();
            for (Link link : BlockLinks.of(block)) {
                Edge edge = new Edge(block.cid(), link, depth + 1, blocks.isLeaf(link.cid()));
                edges.add(edge);
                if (needsBlock(edge)) {
                    children.add(link.cid());
                }
            }
            edges.reversed().forEach(pending::addFirst);
            return children;
        }
    }
}
