package org.s3ds.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes on their way in that a progress line counts; closing it takes the line away. */
final class CountedInputStream extends FilterInputStream {
    private final ProgressLine line;

    CountedInputStream(InputStream in, ProgressLine line) {
        super(in);
        this.line = line;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        line.add(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        line.add(Math.max(read, 0));
        return read;
    }

    @Override
    public void close() throws IOException {
        line.clear();
        super.close();
    }
}
