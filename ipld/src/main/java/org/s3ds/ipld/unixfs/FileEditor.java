package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;

/**
 * Changes files in place, block for block as Kubo's {@code files write} does. Only blocks that must be are read and
 * written. Blocks keep the CID version and hash of those they take the place of, and new ones have those of the file. A
 * file that has a modification time gets a new one where Kubo gives it one.
 *
 * <p>Each method answers with the file after the change: no name, its CID, and the bytes of all blocks at and below it.
 * Blocks are handed on children before parents; whoever calls again must be able to read them.
 */
public final class FileEditor {
    /** Kubo collects 32 KiB at a time until it has more than 2 MiB; each such piece is cut into chunks by itself. */
    private static final int PIECE = (2 << 20) + (32 << 10);

    private final EditOptions options;
    private final BlockSource source;
    private final BlockSink sink;

    /** An editor of the files of a source; new blocks go to a sink. */
    public FileEditor(EditOptions options, BlockSource source, BlockSink sink) {
        this.options = options;
        this.source = source;
        this.sink = sink;
    }

    /**
     * Writes content over what is in a file, and beyond its end. Zeros come between the end and content behind it, also
     * when there is no content.
     *
     * @param offset where the first byte goes, 0 or more
     * @param content read to its end, not closed
     * @throws FormatException when a block on the way is not a part of a file
     * @throws IOException when a block cannot be read or written, or the content not read
     */
    public Link write(Cid file, long offset, InputStream content) throws IOException {
        return write(new FileEdit(file, options, source, sink), offset, content);
    }

    /** As {@link #write}, over a file of which nothing is left. Of what it was, its nodes and metadata may stay. */
    public Link rewrite(Cid file, long offset, InputStream content) throws IOException {
        FileEdit edit = new FileEdit(file, options, source, sink);
        if (edit.size() > 0) {
            edit.shorten(0);
        }
        return write(edit, offset, content);
    }

    /**
     * Makes a file so long: cuts its end, or adds zeros.
     *
     * @param size bytes, 0 or more
     * @throws FormatException when a block on the way is not a part of a file
     * @throws IOException when a block cannot be read or written
     */
    public Link truncate(Cid file, long size) throws IOException {
        requirePositive(size);
        FileEdit edit = new FileEdit(file, options, source, sink);
        if (size < edit.size()) {
            edit.shorten(size);
        } else if (size > edit.size()) {
            edit.extend(size);
        }
        return edit.done();
    }

    /**
     * Gives a file, directory or symlink other metadata. A raw leaf, which has no room for any, becomes a node of
     * version 0, as in Kubo.
     *
     * @param metadata the low 12 bits of its mode count; what the node has above them stays
     * @throws FormatException when the block is none of these
     * @throws IOException when it cannot be read or written
     */
    public Link withMetadata(Cid cid, Metadata metadata) throws IOException {
        Block block = source.get(cid);
        UnixfsBlock read = UnixfsBlock.of(block);
        if (read.isRaw()) {
            Optional<ByteBuffer> content = Optional.of(ByteBuffer.wrap(block.data())); // also when it is empty
            UnixfsNode file = UnixfsNode.leaf(UnixfsNode.Type.FILE, block.data(), metadata)
                    .withContent(content);
            return new BlockWriter(CidFormat.V0, OptionalInt.empty(), sink).node(List.of(), file);
        }
        UnixfsNode node = read.node().withMetadata(metadata.over(read.node().metadata()));
        List<EncodedLink> links = read.links().stream().map(EncodedLink::of).toList();
        return BlockWriter.like(cid, sink).node(links, node);
    }

    private static Link write(FileEdit edit, long offset, InputStream content) throws IOException {
        requirePositive(offset);
        if (offset > edit.size()) {
            edit.extend(offset);
        }
        long at = offset;
        for (byte[] piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
            edit.write(at, piece);
            at += piece.length;
        }
        return edit.done();
    }

    private static void requirePositive(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a place in a file is 0 or more, not " + size);
        }
    }
}
