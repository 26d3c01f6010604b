package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts content where its bytes say so. Holds one chunk of the largest size. */
final class ContentChunker implements Chunker {
    private final InputStream content;
    private final int max;
    private final CutPoint cut;
    private byte[] buffer = new byte[0];
    private int filled;

    ContentChunker(InputStream content, int max, CutPoint cut) {
        this.content = content;
        this.max = max;
        this.cut = cut;
    }

    @Override
    public Optional<byte[]> next() throws IOException {
        fill();
        if (filled == 0) {
            return Optional.empty();
        }
        int length = cut.find(buffer, filled);
        byte[] chunk = Arrays.copyOf(buffer, length);
        filled -= length;
        System.arraycopy(buffer, length, buffer, 0, filled);
        return Optional.of(chunk);
    }

    /** Content shorter than the largest chunk gets a buffer of its own length, which then is never refilled. */
    private void fill() throws IOException {
        if (buffer.length == 0) {
            buffer = content.readNBytes(max);
            filled = buffer.length;
        } else if (buffer.length == max) {
            filled += content.readNBytes(buffer, filled, max - filled);
        }
    }
}
