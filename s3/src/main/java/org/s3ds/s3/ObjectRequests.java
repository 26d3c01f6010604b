package org.s3ds.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The requests that there are millions of: put, get and head of one object. Written, signed and read here, over the
 * connections that the SDK's client uses too, since its way from a request to the connection costs more than all else
 * ({@code docs/decisions/0014-own-requests.md}). They fail as the SDK's would: with {@link SdkException}s.
 */
final class ObjectRequests {
    private static final byte[] NOTHING = {};
    private static final String HASH_OF_NOTHING = DigestSigner.sha256Hex(NOTHING);
    /** A body said to be longer than this is read as it comes, without believing the header. */
    private static final long BELIEVED_LENGTH = 8L << 20;
    /** What is read of an answer that is no result. */
    private static final int MOST_OF_REFUSAL = 64 << 10;

    private final BucketAddress address;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider keys;
    private final DigestSigner signer;
    private final RequestCount count;
    private final SentHeaders config;

    ObjectRequests(
            BucketAddress address,
            SdkHttpClient http,
            AwsCredentialsProvider keys,
            DigestSigner signer,
            RequestCount count,
            SentHeaders config) {
        this.address = address;
        this.http = http;
        this.keys = keys;
        this.signer = signer;
        this.count = count;
        this.config = config;
    }

    /**
     * Stores an object.
     *
     * @param bytes read from the array itself, neither copied nor hashed
     * @param sha256Hex their hash
     * @param headers more to send
     */
    ObjectAnswer put(Attempted call, String name, byte[] bytes, String sha256Hex, Map<String, String> headers) {
        SdkHttpRequest.Builder request = address.request(SdkHttpMethod.PUT, name)
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Length", String.valueOf(bytes.length));
        config.ofPayload(bytes, sha256Hex).forEach(request::putHeader);
        headers.forEach(request::putHeader);
        return send(call, Operation.PUT, request, bytes);
    }

    /**
     * Fetches an object.
     *
     * @param headers more to send
     */
    ObjectAnswer get(Attempted call, String name, Map<String, String> headers) {
        return bodiless(call, Operation.GET, address.request(SdkHttpMethod.GET, name), headers);
    }

    /**
     * Asks about an object.
     *
     * @param headers more to send
     */
    ObjectAnswer head(Attempted call, String name, Map<String, String> headers) {
        return bodiless(call, Operation.HEAD, address.request(SdkHttpMethod.HEAD, name), headers);
    }

    private ObjectAnswer bodiless(
            Attempted call, Operation operation, SdkHttpRequest.Builder request, Map<String, String> headers) {
        request.putHeader(DigestSigner.PAYLOAD_HASH, HASH_OF_NOTHING);
        headers.forEach(request::putHeader);
        return send(call, operation, request, NOTHING);
    }

    private ObjectAnswer send(Attempted call, Operation operation, SdkHttpRequest.Builder request, byte[] body) {
        request.putHeader("User-Agent", "s3ds");
        config.on(operation).forEach(request::putHeader);
        ExecutableHttpRequest prepared = http.prepareRequest(HttpExecuteRequest.builder()
                .request(signer.sign(request.build(), keys.resolveCredentials(), address.region(), address.service()))
                .contentStreamProvider(
                        operation == Operation.PUT ? ContentStreamProvider.fromByteArrayUnsafe(body) : null)
                .build());
        RequestCount.Sent sent = count.sent(operation, call, body.length);
        try {
            ObjectAnswer answer = answer(prepared);
            count.ended(sent, answer.status(), answer.body().length);
            return answer;
        } catch (SdkException e) {
            count.failed(sent, e);
            throw e;
        }
    }

    private static ObjectAnswer answer(ExecutableHttpRequest prepared) {
        try {
            return read(prepared.call());
        } catch (IOException e) {
            throw broken(e);
        } catch (SdkException e) {
            throw e;
        } catch (RuntimeException e) {
            throw SdkClientException.create("the request could not be sent: " + e.getMessage(), e);
        }
    }

    /** An interrupt closes the connection: what that looks like is not the server's fault. */
    private static SdkException broken(IOException cause) {
        return Thread.currentThread().isInterrupted()
                ? AbortedException.create("the request was interrupted", cause)
                : RetryableException.create("the request broke off: " + cause.getMessage(), cause);
    }

    private static ObjectAnswer read(HttpExecuteResponse answer) throws IOException {
        SdkHttpResponse head = answer.httpResponse();
        Optional<AbortableInputStream> body = answer.responseBody();
        try {
            byte[] bytes = body.isEmpty() ? NOTHING : bytes(head, body.get());
            body.ifPresent(ObjectRequests::close);
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
        OptionalLong length = ObjectAnswer.length(head);
        // without a length the transfer coding says where the body ends
        return length.isEmpty() || length.getAsLong() > BELIEVED_LENGTH
                ? body.readAllBytes()
                : read(body, (int) length.getAsLong());
    }

    /** Into an array of the right length, as any other way copies. */
    private static byte[] read(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        if (read < length || body.read() >= 0) {
            throw new IOException("the body has another length than " + length + " bytes");
        }
        return bytes;
    }
}
