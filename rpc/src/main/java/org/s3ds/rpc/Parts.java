package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a multipart body, read from front to back through one buffer: no part is ever held, however large. A
 * body that ends before its last boundary fails.
 */
final class Parts {
    /** The longest boundary of RFC 2046. */
    static final int MAX_BOUNDARY = 70;

    /** Of one part: a path of some thousand names fits. */
    private static final int MAX_HEADER_BYTES = 32 << 10;

    private static final int MAX_HEADERS = 100;

    /** What may follow the last boundary. */
    private static final int MAX_EPILOGUE = 64 << 10;

    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    /** Up to here the buffer is known to be content. */
    private int clear;

    private Content current = new Content();
    private boolean ended;

    Parts(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        // the first boundary need not have a line before it
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.limit = 2;
    }

    /** The next part; what was not read of the one before is skipped. Empty behind the last. */
    Optional<Part> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        current.skipRest();
        position += delimiter.length;
        if (isLast()) {
            ended = true;
            skipEpilogue();
            return Optional.empty();
        }
        Map<String, String> headers = headers();
        current = new Content();
        return Optional.of(Part.of(headers, current));
    }

    private boolean isLast() throws IOException {
        need(2);
        return buffer[position] == '-' && buffer[position + 1] == '-';
    }

    private void skipEpilogue() throws IOException {
        byte[] rest = new byte[8 << 10];
        int read = 0;
        for (int n = 0; n >= 0 && read < MAX_EPILOGUE; n = in.read(rest)) {
            read += n;
        }
    }

    private Map<String, String> headers() throws IOException {
        int left = MAX_HEADER_BYTES;
        if (!line(left).isBlank()) {
            throw new IOException("malformed multipart body: text behind a boundary");
        }
        Map<String, String> headers = new HashMap<>();
        int count = 0;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length() + 2;
            if (count++ == MAX_HEADERS) {
                throw new IOException("a part of the body has more than " + MAX_HEADERS + " headers");
            }
            addHeader(line, headers);
        }
        return headers;
    }

    private static void addHeader(String field, Map<String, String> headers) throws IOException {
        int colon = field.indexOf(':');
        if (colon <= 0) {
            throw new IOException("malformed multipart body: a header without a colon");
        }
        headers.putIfAbsent(
                field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                field.substring(colon + 1).strip());
    }

    /** The line that begins here, without its end, and with those that go on with it, since they begin with a space. */
    private String line(int most) throws IOException {
        for (int length = 0; length < most; length++) {
            need(length + 1);
            boolean empty = length == 0 || (length == 1 && buffer[position] == '\r');
            if (buffer[position + length] == '\n' && (empty || !goesOn(length + 1))) {
                String line = new String(buffer, position, length, UTF_8);
                position += length + 1;
                return line.replaceAll("[\\r\\n]", "");
            }
        }
        throw new IOException("a part of the body has more than " + MAX_HEADER_BYTES + " bytes of headers");
    }

    private boolean goesOn(int ahead) throws IOException {
        need(ahead + 1);
        return buffer[position + ahead] == ' ' || buffer[position + ahead] == '\t';
    }

    /** Brings that many bytes into the buffer. */
    private void need(int bytes) throws IOException {
        while (limit - position < bytes) {
            if (!fill()) {
                throw new IOException("the body ends before its last boundary");
            }
        }
    }

    private boolean fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            clear = Math.max(clear - position, 0);
            position = 0;
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read >= 0;
    }

    /** How many bytes of content are at hand; 0 at a boundary. */
    private int ready() throws IOException {
        while (position >= clear) {
            clear = position;
            while (clear < limit && !(buffer[clear] == '\r' && mayBeDelimiter(clear))) {
                clear++;
            }
            if (clear == position && position + delimiter.length < limit) {
                return 0;
            }
            if (clear == position) {
                need(limit - position + 1);
            }
        }
        return clear - position;
    }

    /** Whether a delimiter is at that place, as far as the buffer shows. */
    private boolean mayBeDelimiter(int at) {
        int shown = Math.min(limit - at, delimiter.length);
        if (!Arrays.equals(buffer, at, at + shown, delimiter, 0, shown)) {
            return false;
        }
        return at + shown >= limit || " \t\r\n-".indexOf(buffer[at + shown]) >= 0;
    }

    /** What a part holds, up to the next boundary. */
    private final class Content extends InputStream {
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (this != current) {
                throw new IOException("the body was read on: this part of it is gone");
            }
            if (over || length == 0) {
                return over ? -1 : 0;
            }
            int ready = ready();
            over = ready == 0;
            int taken = Math.min(ready, length);
            System.arraycopy(buffer, position, to, offset, taken);
            position += taken;
            return over ? -1 : taken;
        }

        void skipRest() throws IOException {
            while (!over) {
                int ready = ready();
                over = ready == 0;
                position += ready;
            }
        }
    }
}
