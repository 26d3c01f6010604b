package org.s3ds.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** An answer's bytes, each write one chunk. Closing it does not end the answer: what broke must not look whole. */
final class Chunks extends OutputStream {
    /** The JDK copies what is written at once into memory of its own. */
    private static final int MOST = 256 << 10;

    private final Response response;

    Chunks(Response response) {
        this.response = response;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += MOST) {
            ByteBuffer chunk = ByteBuffer.wrap(bytes, offset + at, Math.min(MOST, length - at));
            Content.Sink.write(response, false, chunk);
        }
    }
}
