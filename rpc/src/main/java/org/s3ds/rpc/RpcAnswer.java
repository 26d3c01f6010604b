package org.s3ds.rpc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Json;

/**
 * What a daemon answers, read as it comes. Whatever it says went wrong, at its beginning or at its end, is an
 * {@link IOException} with its sentence, and so is an answer that was cut off.
 */
public final class RpcAnswer implements AutoCloseable {
    /**
     * One JSON value, which may be null.
     *
     * @param json as {@link Json} reads it
     */
    public record Value(@Nullable Object json) {}

    private final HttpAnswer http;
    private final Closeable connection;
    private final InputStream body;
    private final Lines lines;

    RpcAnswer(HttpAnswer http, Closeable connection) {
        this.http = http;
        this.connection = connection;
        this.body = http.body();
        this.lines = new Lines(body);
    }

    /** Whether it is bytes, and no JSON values. */
    public boolean isBytes() {
        return http.header("x-stream-output").isPresent() || !contentType().startsWith("application/json");
    }

    /** The content type; empty when the daemon does not say. */
    public String contentType() {
        return http.header("content-type").orElse("");
    }

    /** The number of bytes, if the daemon knew it before the first. */
    public OptionalLong length() {
        return http.number("x-content-length");
    }

    /** Whether any number of values may come, and not just one. */
    public boolean chunked() {
        return http.header("x-chunked-output").isPresent();
    }

    /** The next JSON value, when it has come; empty behind the last of an answer that is whole. */
    public Optional<Value> next() throws IOException {
        Optional<byte[]> line = lines.next();
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of(new Value(Json.parse(line.get(), "the daemon's answer")));
    }

    /** The bytes. At the end of what is not whole it fails. */
    public InputStream bytes() {
        return body;
    }

    /** Ends the call, also in the middle of it. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
