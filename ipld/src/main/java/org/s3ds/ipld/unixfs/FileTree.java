package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.Link;

/**
 * The tree above a file's leaves. Holds the children of the nodes that are not full yet: at most {@code maxLinks} for
 * each level.
 */
final class FileTree {
    /** How many subtrees of each depth a trickle node has. */
    static final int TRICKLE_REPEAT = 4;

    private final FileLeaves leaves;
    private final int maxLinks;
    private final Metadata metadata;
    private final BlockWriter blocks;

    FileTree(FileLeaves leaves, int maxLinks, Metadata metadata, BlockWriter blocks) {
        this.leaves = leaves;
        this.maxLinks = maxLinks;
        this.metadata = metadata;
        this.blocks = blocks;
    }

    /** A tree that grows at its root: what is there becomes the first child of the next. */
    Link balanced() throws IOException {
        FilePart root = leaves.next(metadata);
        for (int depth = 1; leaves.hasNext(); depth++) {
            List<FilePart> children = new ArrayList<>(List.of(root));
            fill(children, depth);
            root = node(children, leaves.hasNext() ? Metadata.NONE : metadata);
        }
        return root.link();
    }

    private void fill(List<FilePart> children, int depth) throws IOException {
        while (children.size() < maxLinks && leaves.hasNext()) {
            children.add(depth == 1 ? leaves.next() : subtree(depth - 1));
        }
    }

    private FilePart subtree(int depth) throws IOException {
        List<FilePart> children = new ArrayList<>();
        fill(children, depth);
        return node(children, Metadata.NONE);
    }

    /** A tree that grows at its end: leaves first, then four subtrees of depth 1, four of depth 2 and so on. */
    Link trickle() throws IOException {
        return node(trickleChildren(Integer.MAX_VALUE), metadata).link();
    }

    /** One of the subtrees below a node that grows at its end. */
    FilePart trickleSubtree(int depth) throws IOException {
        return node(trickleChildren(depth), Metadata.NONE);
    }

    /** Fills a node up with leaves. */
    void addLeaves(List<FilePart> children) throws IOException {
        fill(children, 1);
    }

    private List<FilePart> trickleChildren(int depthLimit) throws IOException {
        List<FilePart> children = new ArrayList<>();
        fill(children, 1);
        for (int depth = 1; depth < depthLimit && leaves.hasNext(); depth++) {
            for (int i = 0; i < TRICKLE_REPEAT && leaves.hasNext(); i++) {
                children.add(trickleSubtree(depth));
            }
        }
        return children;
    }

    private FilePart node(List<FilePart> children, Metadata nodeMetadata) throws IOException {
        UnixfsNode data = UnixfsNode.inner(children.stream().mapToLong(FilePart::contentSize), nodeMetadata);
        List<EncodedLink> links =
                children.stream().map(child -> EncodedLink.of(child.link())).toList();
        return new FilePart(blocks.node(links, data), data.fileSize().orElseThrow());
    }
}
