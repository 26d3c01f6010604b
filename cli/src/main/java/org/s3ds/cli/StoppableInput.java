package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Standard input whose reader can be interrupted while it waits. {@code System.in} would keep it waiting. */
final class StoppableInput extends InputStream {
    private static final int END = -1;

    private final FileChannel channel;

    StoppableInput(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
}
