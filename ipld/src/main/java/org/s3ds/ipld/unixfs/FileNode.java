package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;

/**
 * A part of a file, or the whole, that is being changed; it has a CID once it is written.
 *
 * @param blocks names it
 * @param raw whether it is a block of bytes and nothing else
 * @param node what it says it is
 * @param children the parts below, in sequence
 */
record FileNode(BlockWriter blocks, boolean raw, UnixfsNode node, List<FilePart> children) {
    /** Reads the whole file. */
    static FileNode root(Cid cid, BlockSource source, BlockSink sink) throws IOException {
        UnixfsBlock block = UnixfsBlock.of(source.get(cid));
        if (block.node().type() == UnixfsNode.Type.SYMLINK) {
            throw new FormatException("symlinks not yet supported"); // Kubo's words
        }
        return of(block, sink);
    }

    /**
     * Reads a part, which must be as large as its parent says.
     *
     * @param level how many blocks lie above it, and itself
     */
    static FileNode part(FilePart part, int level, BlockSource source, BlockSink sink) throws IOException {
        if (level > FileWalk.MAX_DEPTH) {
            throw new FormatException("block " + part.link().cid() + " is below level " + FileWalk.MAX_DEPTH
                    + " of its file, the last that is read");
        }
        UnixfsBlock block = UnixfsBlock.of(source.get(part.link().cid()));
        FileNode node = of(block, sink);
        if (node.size() != part.contentSize()) {
            throw new FormatException("block " + block.cid() + " holds " + node.size() + " bytes of its file, where "
                    + part.contentSize() + " were announced");
        }
        return node;
    }

    private static FileNode of(UnixfsBlock block, BlockSink sink) throws FormatException {
        FileBlock file = FileBlock.of(block, false);
        List<FilePart> children = new ArrayList<>();
        for (int i = 0; i < block.links().size(); i++) {
            children.add(
                    new FilePart(block.links().get(i), file.children().get(i).size()));
        }
        return new FileNode(BlockWriter.like(block.cid(), sink), block.isRaw(), block.node(), List.copyOf(children));
    }

    /** Bytes of content at and below it. */
    long size() {
        return ownSize() + children.stream().mapToLong(FilePart::contentSize).sum();
    }

    /** Bytes of content in its own block, which come first. */
    int ownSize() {
        return node.data().map(ByteBuffer::remaining).orElse(0);
    }

    FileNode with(Optional<ByteBuffer> data, List<FilePart> others) {
        long[] sizes = others.stream().mapToLong(FilePart::contentSize).toArray();
        return new FileNode(blocks, raw, node.withContent(data, sizes), List.copyOf(others));
    }

    FileNode withChildren(List<FilePart> others) {
        return with(node.data(), others);
    }

    FileNode withMetadata(Metadata metadata) {
        return new FileNode(blocks, raw, node.withMetadata(metadata), children);
    }

    FileNode namedBy(BlockWriter other) {
        return new FileNode(other, raw, node, children);
    }

    FilePart write() throws IOException {
        List<EncodedLink> links =
                children.stream().map(child -> EncodedLink.of(child.link())).toList();
        Link link = raw ? blocks.raw(ownBytes()) : blocks.node(links, node);
        return new FilePart(link, size());
    }

    /** A copy of its own bytes. */
    byte[] ownBytes() {
        byte[] copy = new byte[ownSize()];
        node.data().ifPresent(bytes -> bytes.get(copy));
        return copy;
    }
}
