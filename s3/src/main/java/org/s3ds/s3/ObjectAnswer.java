package org.s3ds.s3;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What a server said of an object, with status 200 or the like. */
final class ObjectAnswer {
    private final SdkHttpResponse head;
    private final byte[] body;

    /** @param body read to its end; not copied */
    ObjectAnswer(SdkHttpResponse head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** Its status, 200 to 299. */
    int status() {
        return head.statusCode();
    }

    /** The ETag; null without one. */
    @Nullable
    String tag() {
        return header("ETag");
    }

    /** The server's name for the request; empty without one. */
    String requestId() {
        return head.firstMatchingHeader("x-amz-request-id").orElse("");
    }

    /** Whether an S3 server gave it of an object: it has a tag, or at least a request id, and is no page or error. */
    boolean isOfS3() {
        String type = head.firstMatchingHeader("Content-Type").orElse("");
        boolean isMessage = type.startsWith("text/html") || type.startsWith("application/xml");
        return tag() != null || (!requestId().isEmpty() && !isMessage);
    }

    /** The coding that the body is in; null when the server does not say. */
    @Nullable
    String coding() {
        return header("Content-Encoding");
    }

    /** The object's length in bytes; empty when the server does not say. */
    OptionalLong length() {
        return length(head);
    }

    /** The body: not a copy. */
    byte[] body() {
        return body;
    }

    /** All that it says beside the body: names in small letters. */
    Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        head.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return headers;
    }

    private @Nullable String header(String name) {
        return head.firstMatchingHeader(name).orElse(null);
    }

    /** What an answer says of its body's length; empty when that is nothing, or no number. */
    static OptionalLong length(SdkHttpResponse head) {
        String text = head.firstMatchingHeader("Content-Length").orElse("");
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
