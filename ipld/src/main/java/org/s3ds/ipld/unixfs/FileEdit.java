package org.s3ds.ipld.unixfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;

/** Changes of one file's content, one after the other. Its root is written once, at the end. */
final class FileEdit {
    /** The zeros between the old end of a file and what is written behind it come in chunks of so many bytes. */
    private static final int ZEROS = 4096;

    private final EditOptions options;
    private final BlockSource source;
    private final BlockSink sink;
    private final BlockWriter fresh;
    private final boolean rawLeaves;
    private FileNode root;

    FileEdit(Cid file, EditOptions options, BlockSource source, BlockSink sink) throws IOException {
        RecentNodes recent = new RecentNodes(source, sink);
        this.options = options;
        this.source = recent;
        this.sink = recent;
        this.fresh = BlockWriter.like(file, recent);
        this.rawLeaves = options.rawLeaves().orElse(file.version() > 0);
        this.root = FileNode.root(file, recent, recent);
    }

    long size() {
        return root.size();
    }

    /** Writes over what is there, and behind the end what is left of it; begins within the file or at its end. */
    void write(long offset, byte[] content) throws IOException {
        if (offset > Long.MAX_VALUE - content.length) {
            throw new FormatException("a file has 2^63-1 bytes at most, and the last of these would lie behind them");
        }
        int over = (int) Math.min(content.length, size() - offset);
        if (over > 0) {
            root = overwrite(root, 0, 1, new Patch(offset, Arrays.copyOf(content, over)));
        }
        if (over < content.length) {
            ByteArrayInputStream rest = new ByteArrayInputStream(content, over, content.length - over);
            append(options.chunking().over(rest));
        }
    }

    /** Makes the file so long, with zeros at its end. */
    void extend(long size) throws IOException {
        append(new Zeros(size - size(), ZEROS));
    }

    /** Cuts the file. */
    void shorten(long size) throws IOException {
        root = shortened(root, 1, size);
    }

    /** The file; one block of bytes alone needs no node above it. */
    Link done() throws IOException {
        boolean wrapped = rawLeaves && !root.raw() && root.children().size() == 1;
        if (wrapped && root.ownSize() == 0 && root.node().metadata().isNone()) {
            FilePart child = root.children().getFirst();
            if (child.link().cid().codec() == Multicodec.RAW) {
                return new Link("", child.link().cid(), child.contentSize());
            }
        }
        return root.write().link();
    }

    private void append(Chunker chunks) throws IOException {
        boolean raw = rawLeaves || root.raw();
        FileNode base = root.children().isEmpty() && (root.raw() || root.ownSize() > 0) ? wrapped(raw) : root;
        FileLeaves leaves = new FileLeaves(chunks, raw, UnixfsNode.Type.RAW, fresh);
        int maxLinks = ImportOptions.DEFAULT_MAX_LINKS;
        FileNode grown = new TrickleGrowth(leaves, maxLinks, fresh, source, sink).grow(base);
        root = grown.children().size() <= maxLinks ? touched(grown) : grown;
    }

    /** A root whose first child holds what was the whole file in one block. */
    private FileNode wrapped(boolean raw) throws IOException {
        if (root.raw()) {
            FilePart first = root.write();
            UnixfsNode node = UnixfsNode.inner(LongStream.of(first.contentSize()), Metadata.NONE);
            return new FileNode(fresh, false, node, List.of(first));
        }
        byte[] own = root.ownBytes();
        Link leaf =
                raw ? fresh.raw(own) : fresh.node(List.of(), UnixfsNode.leaf(UnixfsNode.Type.RAW, own, Metadata.NONE));
        return root.with(Optional.empty(), List.of(new FilePart(leaf, own.length)));
    }

    private FileNode overwrite(FileNode node, long start, int level, Patch patch) throws IOException {
        FileNode changed = patch.touches(start, node.ownSize()) ? overwriteOwn(node, start, patch) : node;
        List<FilePart> children = new ArrayList<>(node.children());
        long at = start + node.ownSize();
        for (int i = 0; i < children.size(); i++) {
            FilePart child = children.get(i);
            if (patch.touches(at, child.contentSize())) {
                FileNode read = FileNode.part(child, level + 1, source, sink);
                FilePart written = overwrite(read, at, level + 1, patch).write();
                // as in Kubo, the link keeps its size: only a modification time below can have changed it
                Link link = new Link("", written.link().cid(), child.link().size());
                children.set(i, new FilePart(link, child.contentSize()));
            }
            at += child.contentSize();
        }
        return children.isEmpty() ? changed : changed.withChildren(children);
    }

    private FileNode overwriteOwn(FileNode node, long start, Patch patch) {
        byte[] bytes = node.ownBytes();
        patch.applyTo(bytes, start);
        FileNode changed = node.with(Optional.of(ByteBuffer.wrap(bytes)), node.children());
        return node.children().isEmpty() ? touched(changed) : changed;
    }

    private FileNode shortened(FileNode node, int level, long size) throws IOException {
        if (size < node.ownSize() || node.children().isEmpty()) {
            return shortenedLeaf(node, (int) size);
        }
        List<FilePart> children = new ArrayList<>();
        long start = node.ownSize();
        for (FilePart child : node.children()) {
            if (size < start + child.contentSize()) {
                FileNode read = FileNode.part(child, level + 1, source, sink);
                children.add(shortened(read, level + 1, size - start).write());
                return node.withChildren(children);
            }
            children.add(child);
            start += child.contentSize();
        }
        return node;
    }

    /** Kubo forgets the CID version and hash of such a node. */
    private FileNode shortenedLeaf(FileNode node, int size) {
        byte[] bytes = Arrays.copyOf(node.ownBytes(), size);
        FileNode cut = node.with(Optional.of(ByteBuffer.wrap(bytes)), List.of());
        return node.raw() ? cut : touched(cut.namedBy(new BlockWriter(CidFormat.V0, OptionalInt.empty(), sink)));
    }

    private FileNode touched(FileNode node) {
        Metadata metadata = node.node().metadata();
        if (metadata.mtime().isEmpty()) {
            return node;
        }
        Mtime now = Mtime.of(options.clock().instant());
        return node.withMetadata(new Metadata(metadata.mode(), Optional.of(now)));
    }
}
