package org.s3ds.node.mfs;

import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, which is left open. */
final class LimitedInputStream extends InputStream {
    private static final int END = -1;

    private final InputStream in;
    private long left;

    LimitedInputStream(InputStream in, long most) {
        this.in = in;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            return END;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
