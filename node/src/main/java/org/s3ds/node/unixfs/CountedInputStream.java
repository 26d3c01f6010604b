package org.s3ds.node.unixfs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file's content that tells a listener how much of it was read. */
final class CountedInputStream extends FilterInputStream {
    private final String name;
    private final AddListener listener;
    private long total;
    private boolean ended;

    CountedInputStream(InputStream in, String name, AddListener listener) {
        super(in);
        this.name = name;
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            total += read;
            listener.read(name, read, total);
        } else if (read < 0 && !ended) {
            ended = true;
            listener.read(name, 0, total);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return count <= 0 ? 0 : readNBytes((int) Math.min(count, Short.MAX_VALUE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
