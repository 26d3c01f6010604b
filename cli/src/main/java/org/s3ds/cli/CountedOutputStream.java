package org.s3ds.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes on their way out that a progress line counts. Closing it flushes the stream below and leaves it open. */
final class CountedOutputStream extends FilterOutputStream {
    private final ProgressLine line;

    CountedOutputStream(OutputStream out, ProgressLine line) {
        super(out);
        this.line = line;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        line.add(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        line.add(length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
