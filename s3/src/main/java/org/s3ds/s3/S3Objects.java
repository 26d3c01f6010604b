package org.s3ds.s3;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The objects of a bucket, one by one: put, get, head and delete, the requests that there are millions of. They are
 * written, signed and sent here, over the connections that the SDK's client uses too, since its way from a request to
 * the connection costs more than all else ({@code docs/decisions/0014-own-requests.md}).
 *
 * <p>Failures are {@link S3Exception}s. {@link Calls} sends again what may be, {@link Answers} says what a result must
 * have, and {@link ReadBack} looks whether a put did what was asked.
 */
final class S3Objects {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final Set<Integer> MENDABLE = Set.of(301, 307, 400, 403);
    private static final Map<String, String> CHECKSUM_TOO = Map.of("x-amz-checksum-mode", "ENABLED");
    private static final Map<String, String> NOT_THERE = Map.of("If-None-Match", "*");
    private static final byte[] NOTHING = {};
    private static final String HASH_OF_NOTHING = DigestSigner.sha256Hex(NOTHING);

    private final S3Bucket bucket;
    private final SdkConnection connection;
    private final Calls calls;
    private final S3Errors errors;
    private final Answers answers;
    private final SharedGets gets;
    private final ReadBack readBack;

    /** Those of a bucket, which is closed by whoever opened it. */
    S3Objects(S3Bucket bucket) {
        this.bucket = bucket;
        this.connection = bucket.connection();
        this.calls = bucket.calls();
        this.errors = bucket.errors();
        this.answers = bucket.answers();
        this.gets = bucket.gets();
        this.readBack = new ReadBack(this, bucket);
    }

    private S3Objects(S3Objects shared, S3Bucket view) {
        this.bucket = view;
        this.connection = shared.connection;
        this.calls = shared.calls;
        this.errors = shared.errors;
        this.answers = shared.answers;
        this.gets = shared.gets;
        this.readBack = shared.readBack;
    }

    /** The same for another view of the bucket. */
    S3Objects in(S3Bucket view) {
        return new S3Objects(this, view);
    }

    /**
     * Stores an object, in place of any of that name.
     *
     * @param sha256Hex the hash that the bytes must have, or the server refuses them
     */
    void put(String name, byte[] bytes, String sha256Hex) throws S3Exception {
        Attempted call = bucket.attempted("put", name);
        try {
            calls.run(call, () -> store(call, name, bytes, sha256Hex, Map.of()));
        } finally {
            gets.forget(name);
        }
        checkHeeded(call, name);
    }

    private void checkHeeded(Attempted call, String name) throws S3Exception {
        try {
            Optional<String> complaint = readBack.complaint(name);
            if (complaint.isPresent()) {
                throw errors.unheeded(call, complaint.get());
            }
        } catch (InterruptedException e) {
            call.doubt();
            throw errors.interrupted(call, e);
        }
    }

    /**
     * Stores an object, unless there is one of that name. The one primitive that is exact on servers of every make, for
     * names that nothing ever had: where versions are kept, VersityGW takes what marks a deleted object for an object,
     * for ever, and so it is replaced in the end.
     *
     * @param sha256Hex the hash that the bytes must have, or the server refuses them
     * @return false when there is one already
     * @throws OutcomeUnknownException when an answer was lost, and what is there now are not these bytes
     */
    boolean createOnly(String name, byte[] bytes, String sha256Hex) throws S3Exception {
        Attempted call = bucket.attempted("put", name);
        try {
            boolean created = calls.run(call, () -> create(call, name, bytes, sha256Hex));
            boolean ours = created
                    || (call.inDoubt()
                            ? new LostAnswer(errors, call).wasStored(bytes, () -> fetch(name))
                            : replacesMark(call, name, bytes, sha256Hex));
            if (ours) {
                checkHeeded(call, name);
            }
            return ours;
        } finally {
            gets.forget(name);
        }
    }

    /** Puts without the condition, if there is nothing though the server has twice said that there is something. */
    private boolean replacesMark(Attempted call, String name, byte[] bytes, String sha256Hex) throws S3Exception {
        if (fetch(name).isPresent()) {
            return false;
        }
        // it may have been deleted just now
        if (calls.run(call, () -> create(call, name, bytes, sha256Hex))) {
            return true;
        }
        return fetch(name).isEmpty() && calls.run(call, () -> store(call, name, bytes, sha256Hex, Map.of()));
    }

    private boolean create(Attempted call, String name, byte[] bytes, String sha256Hex)
            throws S3Exception, InterruptedException {
        try {
            return store(call, name, bytes, sha256Hex, NOT_THERE);
        } catch (SdkServiceException e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The bytes of an object; {@link SharedGets} says when the request is another caller's.
     *
     * @return empty only when the server said {@code NoSuchKey}: no other 404 proves absence
     */
    Optional<byte[]> get(String name) throws S3Exception {
        try {
            return gets.get(name, bucket.priority(), () -> fetch(name));
        } catch (InterruptedException e) {
            throw errors.interrupted(bucket.attempted("get", name), e);
        }
    }

    private Optional<byte[]> fetch(String name) throws S3Exception {
        Attempted call = bucket.attempted("get", name);
        return calls.run(call, () -> {
            try {
                ObjectAnswer answer = ask(call, Operation.GET, name);
                answers.checkFound(call, answer);
                return Optional.of(answer.body());
            } catch (SdkServiceException e) {
                if (isNoSuchKey(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static boolean isNoSuchKey(SdkServiceException refusal) {
        return Fault.code(refusal).equals("NoSuchKey");
    }

    /**
     * The length of an object.
     *
     * @return empty on status 404, which here has no body: the bucket may be absent as well, or the keys unknown
     */
    OptionalLong head(String name) throws S3Exception {
        Optional<Long> length = head(name, Map.of(), answers::length);
        return length.isPresent() ? OptionalLong.of(length.get()) : OptionalLong.empty();
    }

    /**
     * What the server says of an object that it is also asked for the checksum of.
     *
     * @return empty on status 404, as above
     */
    Optional<ObjectAnswer> withChecksum(String name) throws S3Exception {
        return head(name, CHECKSUM_TOO, (call, answer) -> {
            answers.checkFound(call, answer);
            return answer;
        });
    }

    private <T> Optional<T> head(String name, Map<String, String> more, Reading<T> reading) throws S3Exception {
        int before = connection.mendings();
        try {
            return headOnce(name, more, reading);
        } catch (S3Exception refusal) {
            if (MENDABLE.contains(refusal.failure().status()) && isMended(before, refusal)) {
                return headOnce(name, more, reading);
            }
            throw refusal;
        }
    }

    /** An answer to HEAD has no body to say what is wrong: a listing's has, and what can be put right then is. */
    private boolean isMended(int before, S3Exception refusal) {
        try {
            bucket.list("", "", Optional.empty(), 1);
        } catch (S3Exception e) {
            refusal.addSuppressed(e);
        }
        return connection.mendings() > before;
    }

    private <T> Optional<T> headOnce(String name, Map<String, String> more, Reading<T> reading) throws S3Exception {
        Attempted call = bucket.attempted("head", name);
        return calls.run(call, () -> {
            try {
                return Optional.of(reading.of(call, ask(call, Operation.HEAD, name, more)));
            } catch (SdkServiceException e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** What is read out of an answer. */
    private interface Reading<T> {
        T of(Attempted call, ObjectAnswer answer) throws S3Exception;
    }

    /** What the server says of an object beside its bytes: the headers of HEAD, their names in small letters. */
    Map<String, String> described(String name) throws S3Exception {
        Attempted call = bucket.attempted("head", name);
        return calls.run(call, () -> ask(call, Operation.HEAD, name).headers());
    }

    /** Removes an object, if it is there. */
    void delete(String name) throws S3Exception {
        Attempted call = bucket.attempted("delete", name);
        try {
            calls.run(call, () -> remove(call, name));
        } finally {
            gets.forget(name);
        }
    }

    /** Returns whether it was there, as far as the server knows. */
    private boolean remove(Attempted call, String name) throws S3Exception, InterruptedException {
        try {
            answers.checkDeleted(call, ask(call, Operation.DELETE, name));
            return true;
        } catch (SdkServiceException e) {
            if (isNoSuchKey(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Sends a put, whose bytes are read from the array itself, neither copied nor hashed; true, or it throws. */
    private boolean store(Attempted call, String name, byte[] bytes, String sha256Hex, Map<String, String> condition)
            throws S3Exception, InterruptedException {
        BucketAddress address = connection.address();
        SdkHttpRequest.Builder request = address.request(SdkHttpMethod.PUT, name)
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Length", String.valueOf(bytes.length));
        connection.headers().ofPayload(bytes, sha256Hex).forEach(request::putHeader);
        condition.forEach(request::putHeader);
        answers.checkStored(call, send(connection, call, Operation.PUT, address, request, bytes));
        return true;
    }

    /** Sends a request without a body, whose operation is called as its method is. */
    private ObjectAnswer ask(Attempted call, Operation operation, String name) throws InterruptedException {
        return ask(call, operation, name, Map.of());
    }

    private ObjectAnswer ask(Attempted call, Operation operation, String name, Map<String, String> more)
            throws InterruptedException {
        BucketAddress address = connection.address();
        SdkHttpRequest.Builder request = address.request(SdkHttpMethod.fromValue(operation.name()), name)
                .putHeader(DigestSigner.PAYLOAD_HASH, HASH_OF_NOTHING);
        more.forEach(request::putHeader);
        return send(connection, call, operation, address, request, NOTHING);
    }

    /** Sends a request for a page of names, which is no object's, but goes the same way. */
    static ObjectAnswer list(
            SdkConnection connection, Attempted call, BucketAddress address, SdkHttpRequest.Builder request)
            throws InterruptedException {
        request.putHeader(DigestSigner.PAYLOAD_HASH, HASH_OF_NOTHING);
        return send(connection, call, Operation.LIST, address, request, NOTHING);
    }

    private static ObjectAnswer send(
            SdkConnection connection,
            Attempted call,
            Operation operation,
            BucketAddress address,
            SdkHttpRequest.Builder request,
            byte[] body)
            throws InterruptedException {
        request.putHeader("User-Agent", "s3ds");
        connection.headers().on(operation).forEach(request::putHeader);
        ExecutableHttpRequest prepared = connection
                .http()
                .prepareRequest(HttpExecuteRequest.builder()
                        .request(connection.signed(request.build(), address))
                        .contentStreamProvider(
                                operation == Operation.PUT ? ContentStreamProvider.fromByteArrayUnsafe(body) : null)
                        .build());
        RequestCount count = connection.count();
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

    /** It fails as the SDK's client would, as {@link Fault} expects. */
    private static ObjectAnswer answer(ExecutableHttpRequest prepared) {
        try {
            return ObjectAnswer.read(prepared.call());
        } catch (IOException e) {
            throw Refusal.brokenOff(e);
        } catch (SdkException e) {
            throw e;
        } catch (RuntimeException e) {
            throw SdkClientException.create("the request could not be sent: " + e.getMessage(), e);
        }
    }
}
