package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Link;

/** The leaves of a file, made one by one; the next chunk is read ahead, so that the last leaf is known as the last. */
final class FileLeaves {
    private final Chunker chunks;
    private final boolean raw;
    private final UnixfsNode.Type type;
    private final BlockWriter blocks;
    private Optional<byte[]> ahead;
    private byte[] lastChunk = new byte[0];
    private @Nullable Link last;

    FileLeaves(Chunker chunks, boolean raw, UnixfsNode.Type type, BlockWriter blocks) throws IOException {
        this.chunks = chunks;
        this.raw = raw;
        this.type = type;
        this.blocks = blocks;
        this.ahead = chunks.next();
    }

    boolean hasNext() {
        return ahead.isPresent();
    }

    /** The next leaf; past the end, one without bytes. */
    FilePart next() throws IOException {
        return next(Metadata.NONE);
    }

    /** The next leaf, with metadata if nothing comes after it. */
    FilePart next(Metadata ifLast) throws IOException {
        byte[] chunk = ahead.orElseGet(() -> new byte[0]);
        ahead = chunks.next();
        return new FilePart(make(chunk, hasNext() ? Metadata.NONE : ifLast), chunk.length);
    }

    /** Equal chunks after one another, as of a long stretch of zeros, are one leaf. */
    private Link make(byte[] chunk, Metadata metadata) throws IOException {
        if (last == null || !Arrays.equals(chunk, lastChunk) || !metadata.isNone()) {
            last = write(chunk, metadata);
            lastChunk = chunk;
        }
        return last;
    }

    private Link write(byte[] chunk, Metadata metadata) throws IOException {
        return raw ? blocks.raw(chunk) : blocks.node(List.of(), UnixfsNode.leaf(type, chunk, metadata));
    }
}
