package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Link;

/**
 * Turns files and symlinks into blocks.
 *
 * <p>A file is read once, front to back; what is held of it is two chunks, and {@code maxLinks} links for each level of
 * its tree. Safe for many threads, each with its own file.
 */
public final class FileImporter {
    private final ImportOptions options;

    /** An importer of files by these options. */
    public FileImporter(ImportOptions options) {
        this.options = options;
    }

    /**
     * Hands the blocks of a file to a sink, children before parents; equal blocks as often as they occur.
     *
     * @param content the file, read to its end and not closed
     * @param metadata stored in the root; any makes all leaves dag-pb
     * @return the root: no name, its CID, and the bytes of all its blocks, repeated ones counted each time
     * @throws IOException when the content cannot be read or the sink fails
     * @throws org.s3ds.ipld.FormatException when a node with this many links is more than 2 MiB
     */
    public Link importFile(InputStream content, Metadata metadata, BlockSink sink) throws IOException {
        BlockWriter blocks = new BlockWriter(options.format(), options.inlineLimit(), sink);
        boolean raw = options.rawLeaves() && metadata.isNone();
        Chunker chunks = options.chunking().over(content);
        return switch (options.layout()) {
            case BALANCED ->
                tree(chunks, raw, UnixfsNode.Type.FILE, metadata, blocks).balanced();
            case TRICKLE ->
                tree(chunks, raw, UnixfsNode.Type.RAW, metadata, blocks).trickle();
        };
    }

    /**
     * Hands the one block of a symbolic link to a sink.
     *
     * @param target what it points to, as written in the file system
     * @return no name, its CID and the bytes of its block
     * @throws IOException when the sink fails
     */
    public Link importSymlink(String target, Metadata metadata, BlockSink sink) throws IOException {
        BlockWriter blocks = new BlockWriter(options.format(), options.inlineLimit(), sink);
        return blocks.node(List.of(), UnixfsNode.symlink(target, metadata));
    }

    private FileTree tree(Chunker chunks, boolean raw, UnixfsNode.Type leafType, Metadata metadata, BlockWriter blocks)
            throws IOException {
        return new FileTree(new FileLeaves(chunks, raw, leafType, blocks), options.maxLinks(), metadata, blocks);
    }
}
