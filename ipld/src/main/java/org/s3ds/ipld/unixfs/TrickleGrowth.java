package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;

/**
 * Adds leaves to the end of a file that exists. Where they go follows from the number of children of each last node, as
 * Kubo reckons it; that is not always where the importer of a whole file puts them.
 */
final class TrickleGrowth {
    private final FileLeaves leaves;
    private final FileTree fresh;
    private final int maxLinks;
    private final BlockSource source;
    private final BlockSink sink;
    private int level = 1;

    /** @param blocks names the nodes that are new */
    TrickleGrowth(FileLeaves leaves, int maxLinks, BlockWriter blocks, BlockSource source, BlockSink sink) {
        this.leaves = leaves;
        this.fresh = new FileTree(leaves, maxLinks, Metadata.NONE, blocks);
        this.maxLinks = maxLinks;
        this.source = source;
        this.sink = sink;
    }

    /** The file with all leaves added, not written yet. */
    FileNode grow(FileNode root) throws IOException {
        List<FilePart> children = new ArrayList<>(root.children());
        int repeat = repeat(children);
        int depth = Math.max(1, depth(children));
        fresh.addLeaves(children);
        growLast(children, depth - 1, repeat);
        addSubtrees(children, depth + 1, Integer.MAX_VALUE);
        return root.withChildren(children);
    }

    private FileNode growPart(FileNode node, int maxDepth) throws IOException {
        if (maxDepth == 0 || !leaves.hasNext()) {
            return node;
        }
        List<FilePart> children = new ArrayList<>(node.children());
        int repeat = repeat(children);
        int depth = Math.max(1, depth(children));
        fresh.addLeaves(children);
        if (depth != maxDepth) {
            growLast(children, depth, repeat);
            addSubtrees(children, depth + 1, maxDepth);
        }
        return node.withChildren(children);
    }

    /** Fills up the last subtree, and then the last four of its depth. */
    private void growLast(List<FilePart> children, int depth, int repeat) throws IOException {
        if (children.size() <= maxLinks || !leaves.hasNext()) {
            return;
        }
        FileNode last = FileNode.part(children.getLast(), level + 1, source, sink);
        if (!last.children().isEmpty()) {
            level++;
            children.set(children.size() - 1, growPart(last, depth - 1).write());
        }
        for (int i = repeat; i > 0 && i < FileTree.TRICKLE_REPEAT && leaves.hasNext(); i++) {
            children.add(fresh.trickleSubtree(depth));
        }
    }

    private void addSubtrees(List<FilePart> children, int from, int to) throws IOException {
        for (int depth = from; depth < to && leaves.hasNext(); depth++) {
            for (int i = 0; i < FileTree.TRICKLE_REPEAT && leaves.hasNext(); i++) {
                children.add(fresh.trickleSubtree(depth));
            }
        }
    }

    /** The depth of the subtrees that were added last, 0 while there is room for leaves. */
    private int depth(List<FilePart> children) {
        int subtrees = children.size() - maxLinks;
        return subtrees < 0 ? 0 : subtrees / FileTree.TRICKLE_REPEAT + 1;
    }

    /** How many of four subtrees of that depth there are. */
    private int repeat(List<FilePart> children) {
        return Math.max(0, children.size() - maxLinks) % FileTree.TRICKLE_REPEAT;
    }
}
