package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Json;

/** A reply that is written to HTTP as it comes. What goes wrong after its first byte is told in a trailer. */
final class HttpReply implements RpcReply {
    /** Between two flushes, of small writes. */
    private static final int HELD_BACK = 32 << 10;

    /** Of a sentence in a trailer, which must fit into {@link RpcServer#RESPONSE_HEADER}. */
    private static final int LONGEST = 4000;

    private static final String TRAILER = "X-Stream-Error";
    private static final String EXPOSED = "X-Stream-Output, X-Chunked-Output, X-Content-Length";

    private final Response response;
    private final Map<String, List<String>> headers;
    private final RequestBody body;
    private final Chunks chunks;
    private final HttpFields.Mutable trailers = HttpFields.build();
    private Optional<OutputStream> stream = Optional.empty();
    private String valueType = "application/json";
    private boolean started;

    /**
     * A reply that is still empty.
     *
     * @param headers that every answer of a command has
     */
    HttpReply(Response response, Map<String, List<String>> headers, RequestBody body) {
        this.response = response;
        this.headers = headers;
        this.body = body;
        this.chunks = new Chunks(response);
    }

    @Override
    public void value(@Nullable Object json) throws IOException {
        startValues();
        write(json);
    }

    @Override
    public void only(@Nullable Object json) throws IOException {
        start(200, valueType);
        write(json);
    }

    @Override
    public OutputStream text() {
        valueType = "text/plain";
        OutputStream out = new BufferedOutputStream(new TextStream(), HELD_BACK);
        stream = Optional.of(out);
        return out;
    }

    /** Begins the answer with its first byte. */
    private final class TextStream extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            startValues();
            chunks.write(bytes, offset, length);
        }
    }

    private void startValues() {
        if (!started) {
            start(200, valueType);
            response.getHeaders().put("X-Chunked-Output", "1");
        }
    }

    private void write(@Nullable Object json) throws IOException {
        chunks.write(line(json).getBytes(UTF_8));
    }

    private static String line(@Nullable Object json) {
        return Json.compact(json) + "\n";
    }

    @Override
    public OutputStream bytes(String contentType, OptionalLong length) {
        start(200, contentType);
        response.getHeaders().put("X-Stream-Output", "1");
        if (length.isPresent()) {
            response.getHeaders().put("X-Content-Length", Long.toString(length.getAsLong()));
        }
        OutputStream out = new BufferedOutputStream(chunks, HELD_BACK);
        stream = Optional.of(out);
        return out;
    }

    /** Writes what is held back, and the end. */
    void end() throws IOException {
        startValues();
        if (stream.isPresent()) {
            stream.get().flush();
        }
        if (!response.isCommitted()) {
            // what is ended at its first write has a length, and then no trailer
            Content.Sink.write(response, false, ByteBuffer.allocate(0));
        }
        Content.Sink.write(response, true, ByteBuffer.allocate(0));
    }

    /** Tells of a failure: with a status, or in the trailer when something was written already. */
    void fail(IOException failure) throws IOException {
        String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
        if (started) {
            trailers.put(TRAILER, oneLine(message));
            end();
        } else if (failure instanceof BadRequestException bad) {
            PlainAnswer.write(response, bad.status(), message);
        } else {
            int code = failure instanceof RpcException known ? known.code() : RpcException.NORMAL;
            start(code == RpcException.CLIENT ? 400 : 500, "application/json");
            chunks.write(line(error(message, code)).getBytes(UTF_8));
            end();
        }
    }

    private static Map<String, @Nullable Object> error(String message, int code) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("Message", message);
        error.put("Code", (long) code);
        error.put("Type", "error");
        return error;
    }

    /** UTF-8 in a header, which Jetty takes for ISO 8859-1, without line breaks. */
    private static String oneLine(String message) {
        String line = message.replaceAll("[\\r\\n]+", " ").strip();
        String whole = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
        return new String(whole.getBytes(UTF_8), ISO_8859_1);
    }

    private void start(int status, String contentType) {
        started = true;
        HttpFields.Mutable fields = response.getHeaders();
        headers.forEach((name, values) -> {
            fields.remove(name);
            values.forEach(value -> fields.add(name, value));
        });
        fields.put("Access-Control-Allow-Headers", EXPOSED);
        fields.put("Access-Control-Expose-Headers", EXPOSED);
        fields.put(HttpHeader.CONTENT_TYPE, contentType);
        fields.put(HttpHeader.TRAILER, TRAILER);
        if (!body.isOver()) {
            fields.put(HttpHeader.CONNECTION, "close");
        }
        response.setTrailersSupplier(() -> trailers);
        response.setStatus(status);
    }
}
