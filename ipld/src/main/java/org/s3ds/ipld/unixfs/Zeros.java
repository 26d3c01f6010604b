package org.s3ds.ipld.unixfs;

import java.util.Optional;

/** Chunks of zeros, all of one size but the last; those of one size are one array. */
final class Zeros implements Chunker {
    private final byte[] chunk;
    private long left;

    /** @param length bytes in all */
    Zeros(long length, int size) {
        this.chunk = new byte[size];
        this.left = length;
    }

    @Override
    public Optional<byte[]> next() {
        int length = (int) Math.min(left, chunk.length);
        left -= length;
        if (length == 0) {
            return Optional.empty();
        }
        return Optional.of(length == chunk.length ? chunk : new byte[length]);
    }
}
