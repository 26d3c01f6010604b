package org.s3ds.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.StoreContext;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * One bucket, through the AWS SDK: names and bytes in, names and bytes out. Failures are {@link S3Exception}s, after
 * the retries of {@link Calls}. How many requests are in flight, and who goes first, is up to the {@link Governor} of
 * the endpoint. The client, and with it credentials and connections, comes into being with the first request.
 */
final class S3Bucket implements AutoCloseable {
    /** Objects in a listing's page, and in a bulk delete: the protocol's limit. */
    static final int PAGE = 1_000;

    private static final int PRECONDITION_FAILED = 412;
    private static final String CONTENT_TYPE = "application/octet-stream";
    /** A body said to be longer than this is read as it comes, without believing the header. */
    private static final long BELIEVED_LENGTH = 8L << 20;

    private final S3Config config;
    private final S3Errors errors;
    private final Answers answers;
    private final Time time;
    private final SdkConnection connection;
    private final Governors.Use governed;
    private final Calls calls;
    private final SharedGets gets;
    private final Priority priority;

    /** Alone at its endpoint. */
    S3Bucket(S3Config config, StoreContext context) {
        this(config, context, new Governors());
    }

    /** Beside others, which have the same governors. */
    S3Bucket(S3Config config, StoreContext context, Governors governors) {
        this(config, context, governors, Persistence.of(config.limits()), Backoff.withChance(), Time.SYSTEM);
    }

    /** Alone, and with the waits between attempts as they are given. */
    S3Bucket(S3Config config, StoreContext context, Persistence persistence, Backoff backoff, Time time) {
        this(config, context, new Governors(), persistence, backoff, time);
    }

    private S3Bucket(
            S3Config config,
            StoreContext context,
            Governors governors,
            Persistence persistence,
            Backoff backoff,
            Time time) {
        Watchdog watchdog = new Watchdog();
        this.config = config;
        this.errors = new S3Errors(config);
        this.answers = new Answers(errors);
        this.time = time;
        this.connection = new SdkConnection(config, context, watchdog);
        this.governed = governors.use(config.place().toString(), Governor.Bounds.of(config.limits()));
        this.calls = new Calls(errors, connection::mend, watchdog, persistence, backoff, time, governed.governor());
        this.gets = new SharedGets();
        this.priority = Priority.FOREGROUND;
    }

    private S3Bucket(S3Bucket shared, Priority priority) {
        this.config = shared.config;
        this.errors = shared.errors;
        this.answers = shared.answers;
        this.time = shared.time;
        this.connection = shared.connection;
        this.governed = shared.governed;
        this.calls = shared.calls;
        this.gets = shared.gets;
        this.priority = priority;
    }

    /**
     * This bucket, for requests that make way for those of others. It shares everything; closing either closes both.
     */
    S3Bucket inBackground() {
        return new S3Bucket(this, Priority.BACKGROUND);
    }

    /**
     * Stores an object, in place of any of that name.
     *
     * @param sha256Hex the hash that the bytes must have, or the server refuses them
     */
    void put(String name, byte[] bytes, String sha256Hex) throws S3Exception {
        try {
            call("put", name, (s3, call) -> {
                answers.checkTag(
                        call,
                        s3.putObject(putRequest(name, sha256Hex, call), body(bytes))
                                .eTag());
                return true;
            });
        } finally {
            gets.forget(name);
        }
    }

    /**
     * Stores an object, unless there is one of that name. The one primitive that is exact on servers of every make.
     *
     * @param sha256Hex the hash that the bytes must have, or the server refuses them
     * @return false when there is one already
     * @throws OutcomeUnknownException when an answer was lost, and what is there now are not these bytes
     */
    boolean createOnly(String name, byte[] bytes, String sha256Hex) throws S3Exception {
        Attempted call = attempted("put", name);
        try {
            boolean created = calls.run(call, () -> create(name, bytes, sha256Hex, call));
            return created || (call.inDoubt() && isOurs(call, name, bytes));
        } finally {
            gets.forget(name);
        }
    }

    private boolean create(String name, byte[] bytes, String sha256Hex, Attempted call)
            throws S3Exception, InterruptedException {
        try {
            PutObjectRequest request = putRequest(name, sha256Hex, call).toBuilder()
                    .ifNoneMatch("*")
                    .build();
            answers.checkTag(
                    call, connection.client().putObject(request, body(bytes)).eTag());
            return true;
        } catch (SdkServiceException e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                return false;
            }
            throw e;
        }
    }

    /** An attempt whose answer was lost may have created the object that the next one found there. */
    private boolean isOurs(Attempted call, String name, byte[] bytes) throws S3Exception {
        Optional<byte[]> there;
        try {
            there = fetch(name);
        } catch (S3Exception e) {
            throw errors.lost(call, e);
        }
        if (there.filter(found -> Arrays.equals(found, bytes)).isEmpty()) {
            throw errors.lost(call, null);
        }
        return true;
    }

    private PutObjectRequest putRequest(String name, String sha256Hex, Attempted call) {
        return PutObjectRequest.builder()
                .bucket(config.bucket())
                .key(name)
                .overrideConfiguration(o -> {
                    call.countIn(o);
                    o.putHeader(DigestSigner.PAYLOAD_HASH, sha256Hex);
                })
                .build();
    }

    /** The body is read from the array itself: neither copied nor hashed. */
    private static RequestBody body(byte[] bytes) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(bytes), bytes.length, CONTENT_TYPE);
    }

    /**
     * The bytes of an object; {@link SharedGets} says when the request is another caller's.
     *
     * @return empty only when the server said {@code NoSuchKey}: no other 404 proves absence
     */
    Optional<byte[]> get(String name) throws S3Exception {
        try {
            return gets.get(name, priority, () -> fetch(name));
        } catch (InterruptedException e) {
            throw errors.interrupted(attempted("get", name), e);
        }
    }

    private Optional<byte[]> fetch(String name) throws S3Exception {
        return call("get", name, (s3, call) -> {
            try {
                Body body = s3.getObject(
                        request -> request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn),
                        WHOLE_BODY);
                answers.checkTag(call, body.answer().eTag());
                answers.checkCoding(call, body.answer().contentEncoding());
                return Optional.of(body.bytes());
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    /**
     * The length of an object.
     *
     * @return empty on status 404, which here has no body: the bucket may be absent as well, or the keys unknown
     */
    OptionalLong head(String name) throws S3Exception {
        return call("head", name, (s3, call) -> {
            try {
                HeadObjectResponse found = s3.headObject(
                        request -> request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn));
                return OptionalLong.of(answers.length(call, found));
            } catch (SdkServiceException e) {
                if (e.statusCode() == 404) {
                    return OptionalLong.empty();
                }
                throw e;
            }
        });
    }

    /** Removes an object, if it is there. */
    void delete(String name) throws S3Exception {
        try {
            call("delete", name, (s3, call) -> remove(name, s3, call));
        } finally {
            gets.forget(name);
        }
    }

    private boolean remove(String name, S3Client s3, Attempted call) throws S3Exception {
        try {
            answers.checkDeleted(
                    call,
                    s3.deleteObject(request ->
                                    request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn))
                            .sdkHttpResponse());
        } catch (NoSuchKeyException absent) {
            // as asked
        }
        return true;
    }

    /**
     * Removes objects, those of them that are there.
     *
     * @param names at most {@link #PAGE}
     * @return one failure for each object that may still be there
     */
    List<S3Exception> deleteAll(List<String> names) throws S3Exception {
        // not quiet: an answer that does not mention an object, as no login page does, is no proof that it is gone
        Delete delete = Delete.builder()
                .quiet(false)
                .objects(names.stream().map(S3Bucket::identifier).toList())
                .build();
        try {
            return call(
                    "delete_objects",
                    "",
                    (s3, call) -> answers.failures(
                            call,
                            names,
                            s3.deleteObjects(request -> request.bucket(config.bucket())
                                    .delete(delete)
                                    .overrideConfiguration(call::countIn))));
        } finally {
            names.forEach(gets::forget);
        }
    }

    /**
     * A page of the objects whose names begin with a prefix.
     *
     * @param token what the page before said; empty for the first page
     * @param most objects, 1 to {@link #PAGE}
     */
    ListedPage list(String prefix, Optional<String> token, int most) throws S3Exception {
        return call("list", prefix, (s3, call) -> {
            ListObjectsV2Response page = s3.listObjectsV2(request -> request.bucket(config.bucket())
                    .prefix(prefix)
                    .continuationToken(token.orElse(null))
                    .maxKeys(most)
                    .overrideConfiguration(call::countIn));
            return new ListedPage(
                    page.contents().stream()
                            .map(listed -> new Listed(listed.key(), listed.size()))
                            .toList(),
                    answers.next(call, page, token));
        });
    }

    /** Creates the bucket, unless it is there and ours. */
    void create() throws S3Exception {
        call("create_bucket", "", (s3, call) -> {
            try {
                s3.createBucket(createRequest(call));
            } catch (BucketAlreadyOwnedByYouException there) {
                // as asked
            }
            return true;
        });
    }

    /** Ends the connections. Nothing is called after it. */
    @Override
    public void close() {
        connection.close();
        governed.close();
    }

    @Override
    public String toString() {
        return config.bucket() + " at " + config.place();
    }

    /** What is asked of the SDK in one call. */
    private interface Request<T> {
        T send(S3Client client, Attempted call) throws S3Exception;
    }

    private Attempted attempted(String operation, String name) {
        return new Attempted(
                operation, name.isEmpty() ? config.bucket() : config.bucket() + "/" + name, priority, time);
    }

    private <T> T call(String operation, String name, Request<T> request) throws S3Exception {
        Attempted call = attempted(operation, name);
        return calls.run(call, () -> request.send(connection.client(), call));
    }

    private CreateBucketRequest createRequest(Attempted call) {
        CreateBucketRequest.Builder request =
                CreateBucketRequest.builder().bucket(config.bucket()).overrideConfiguration(call::countIn);
        return connection.mustSayWhere()
                ? request.createBucketConfiguration(where -> where.locationConstraint(connection.region()))
                        .build()
                : request.build();
    }

    /** A body that was read to its end. */
    private static final class Body {
        private final GetObjectResponse answer;
        private final byte[] bytes;

        private Body(GetObjectResponse answer, byte[] bytes) {
            this.answer = answer;
            this.bytes = bytes;
        }

        private GetObjectResponse answer() {
            return answer;
        }

        private byte[] bytes() {
            return bytes;
        }
    }

    private static final ResponseTransformer<GetObjectResponse, Body> WHOLE_BODY = (answer, body) -> {
        try {
            Long length = answer.contentLength();
            // without a length the transfer coding says where the body ends
            return new Body(
                    answer,
                    length == null || length > BELIEVED_LENGTH ? body.readAllBytes() : read(body, length.intValue()));
        } catch (IOException e) {
            throw RetryableException.create("the body broke off", e);
        }
    };

    /** Into an array of the right length, as any other way copies. */
    private static byte[] read(InputStream body, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = body.readNBytes(bytes, 0, length);
        if (read < length || body.read() >= 0) {
            throw new IOException("the body has another length than " + length + " bytes");
        }
        return bytes;
    }

    private static ObjectIdentifier identifier(String name) {
        return ObjectIdentifier.builder().key(name).build();
    }
}
