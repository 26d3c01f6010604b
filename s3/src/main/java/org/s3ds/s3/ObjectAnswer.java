package org.s3ds.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Sha256;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What a server said of an object, with status 200 or the like. */
final class ObjectAnswer {
    private static final byte[] NOTHING = {};
    private static final String FULL_OBJECT = "FULL_OBJECT";
    /** 32 bytes: 43 digits, of which the last has two bits too many, which are 0. */
    private static final String SHA256_IN_BASE64 = "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=";
    /** A body said to be longer than this is read as it comes, without believing the header. */
    private static final long BELIEVED_LENGTH = 8L << 20;
    /** What is read of an answer that is no result. */
    private static final int MOST_OF_REFUSAL = 64 << 10;

    private final SdkHttpResponse head;
    private final byte[] body;

    private ObjectAnswer(SdkHttpResponse head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /**
     * Reads an answer to its end.
     *
     * @throws IOException when it breaks off, or is longer or shorter than it says
     * @throws SdkServiceException when it is no result
     */
    static ObjectAnswer read(HttpExecuteResponse answer) throws IOException {
        SdkHttpResponse head = answer.httpResponse();
        Optional<AbortableInputStream> body = answer.responseBody();
        try {
            byte[] bytes = body.isEmpty() ? NOTHING : bytes(head, body.get());
            body.ifPresent(ObjectAnswer::close);
            if (!head.isSuccessful()) {
                throw Refusal.of(head, bytes);
            }
            return new ObjectAnswer(head, bytes);
        } catch (IOException | RuntimeException e) {
            // a connection with something left to read is of no use to the next request
            body.ifPresent(AbortableInputStream::abort);
            throw e;
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // all was read
        }
    }

    private static byte[] bytes(SdkHttpResponse head, InputStream body) throws IOException {
        if (!head.isSuccessful()) {
            return body.readNBytes(MOST_OF_REFUSAL);
        }
        OptionalLong length = length(head);
        // without a length the transfer coding says where the body ends
        return length.isEmpty() || length.getAsLong() > BELIEVED_LENGTH
                ? body.readAllBytes()
                : exactly((int) length.getAsLong(), body);
    }

    /** Into an array of the right length, as any other way copies. */
    private static byte[] exactly(int length, InputStream body) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        if (read < length || body.read() >= 0) {
            throw new IOException("the body has another length than " + length + " bytes");
        }
        return bytes;
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

    /** The server's time, in whole seconds; empty when it does not say, or not so that it can be read. */
    Optional<Instant> date() {
        return head.firstMatchingHeader("Date").flatMap(Fault::date);
    }

    /** The object's length in bytes; empty when the server does not say. */
    OptionalLong length() {
        return length(head);
    }

    /**
     * The SHA-256 that the server keeps of the whole object; empty when it keeps none, or does not say. That of an
     * object in parts is a hash of their hashes, and is none of the object.
     */
    Optional<Sha256> sha256() {
        boolean isOfWhole = head.firstMatchingHeader("x-amz-checksum-type")
                .orElse(FULL_OBJECT)
                .equals(FULL_OBJECT);
        String text = head.firstMatchingHeader("x-amz-checksum-sha256").orElse("");
        return isOfWhole && text.matches(SHA256_IN_BASE64)
                ? Optional.of(Sha256.of(Base64.getDecoder().decode(text)))
                : Optional.empty();
    }

    /** The body: not a copy. */
    byte[] body() {
        return body;
    }

    /** The body, unpacked if somebody on the way has packed it. */
    byte[] plainBody() throws IOException {
        return "gzip".equals(coding()) ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    }

    /** The failure that a body tells of in spite of the status; empty when it tells of none. */
    Optional<AwsServiceException> refusal() {
        AwsServiceException refusal = Refusal.of(head, body);
        return refusal.awsErrorDetails().errorCode() == null ? Optional.empty() : Optional.of(refusal);
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
    private static OptionalLong length(SdkHttpResponse head) {
        String text = head.firstMatchingHeader("Content-Length").orElse("");
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
