package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer of HTTP/1.1, read from a stream that holds nothing behind it. */
final class HttpAnswer {
    /** Of one line; a daemon's headers are short, but for an error in a trailer. */
    private static final int MAX_LINE = 1 << 20;

    private static final int MAX_HEADERS = 1000;

    private final InputStream in;
    private final int status;
    private final Map<String, String> headers;

    /** Reads up to the body; the stream should be buffered. */
    HttpAnswer(InputStream in) throws IOException {
        this.in = in;
        int code = readStatus();
        Map<String, String> fields = readHeaders();
        while (code / 100 == 1) {
            code = readStatus();
            fields = readHeaders();
        }
        this.status = code;
        this.headers = fields;
    }

    private int readStatus() throws IOException {
        String line = readLine();
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new IOException("what answers there does not speak HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> readHeaders() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            if (fields.size() > MAX_HEADERS) {
                throw new IOException("the answer has more than " + MAX_HEADERS + " headers");
            }
        }
        return fields;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the answer was cut off");
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("the answer has a line of more than " + MAX_LINE + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    int status() {
        return status;
    }

    /** By its name in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A header that is a number of bytes; empty also when it is none. */
    OptionalLong number(String name) {
        Optional<String> text = header(name).filter(value -> value.matches("[0-9]{1,18}"));
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    }

    /** What follows the headers; a body that is cut off, or whose trailer tells of a failure, fails at its end. */
    InputStream body() {
        if (header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return new Body(0, true);
        }
        return new Body(number("content-length").orElse(status == 204 ? 0 : Long.MAX_VALUE), false);
    }

    private final class Body extends InputStream {
        private final boolean chunked;
        private final boolean bounded;
        /** Bytes that are still to come, of this chunk where there are chunks. */
        private long left;

        private boolean first = true;
        private boolean over;

        Body(long left, boolean chunked) {
            this.left = left;
            this.chunked = chunked;
            this.bounded = left != Long.MAX_VALUE;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (chunked && left == 0 && !over) {
                nextChunk();
            }
            if (over || left == 0) {
                return -1;
            }
            int n = in.read(to, offset, (int) Math.min(length, left));
            if (n < 0 && bounded) {
                throw new EOFException("the answer was cut off");
            }
            left -= Math.max(n, 0);
            return n;
        }

        private void nextChunk() throws IOException {
            String size = first ? readLine() : endOfChunk();
            first = false;
            String digits = size.split(";", 2)[0].strip();
            if (!digits.matches("[0-9a-fA-F]{1,15}")) {
                throw new IOException("the answer is no HTTP/1.1: a chunk without a size");
            }
            left = Long.parseLong(digits, 16);
            if (left == 0) {
                over = true;
                Optional<String> failure = Optional.ofNullable(readHeaders().get("x-stream-error"));
                if (failure.isPresent()) {
                    throw new RpcException(RpcException.NORMAL, failure.get());
                }
            }
        }

        private String endOfChunk() throws IOException {
            if (!readLine().isEmpty()) {
                throw new IOException("the answer is no HTTP/1.1: a chunk that does not end");
            }
            return readLine();
        }
    }
}
