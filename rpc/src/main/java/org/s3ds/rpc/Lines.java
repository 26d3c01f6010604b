package org.s3ds.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a stream, each as soon as it is there. Empty ones are passed over. */
final class Lines {
    private final InputStream in;
    private final byte[] buffer = new byte[16 << 10];
    private int position;
    private int limit;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next, without its end; empty behind the last. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (position < limit || fill()) {
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, start, position - start);
            if (position < limit) {
                position++;
                if (line.size() > 0) {
                    return Optional.of(line.toByteArray());
                }
            }
        }
        return line.size() > 0 ? Optional.of(line.toByteArray()) : Optional.empty();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }
}
