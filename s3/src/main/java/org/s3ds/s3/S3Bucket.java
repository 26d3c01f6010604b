package org.s3ds.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
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
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * One bucket, through the AWS SDK: names and bytes in, names and bytes out. Failures are {@link S3Exception}s, after
 * the retries of {@link Calls}. At most {@code workers} requests are in flight; a further caller waits. The client, and
 * with it credentials and connections, comes into being with the first request.
 */
final class S3Bucket implements AutoCloseable {
    /** Objects in a listing's page, and in a bulk delete: the protocol's limit. */
    static final int PAGE = 1_000;

    private static final String CONTENT_TYPE = "application/octet-stream";
    /** A body said to be longer than this is read as it comes, without believing the header. */
    private static final long BELIEVED_LENGTH = 8L << 20;

    private final S3Config config;
    private final S3Errors errors;
    private final Time time;
    private final SdkConnection connection;
    private final Calls calls;

    S3Bucket(S3Config config, Metrics metrics) {
        this(config, metrics, Persistence.of(config.limits()), Backoff.withChance(), Time.SYSTEM);
    }

    /** With the waits between attempts as they are given. */
    S3Bucket(S3Config config, Metrics metrics, Persistence persistence, Backoff backoff, Time time) {
        Watchdog watchdog = new Watchdog();
        this.config = config;
        this.errors = new S3Errors(config);
        this.time = time;
        this.connection = new SdkConnection(config, metrics, watchdog);
        this.calls = new Calls(errors, connection::mend, watchdog, persistence, backoff, time, config.workers());
    }

    /**
     * Stores an object, in place of any of that name.
     *
     * @param sha256Hex the hash that the bytes must have, or the server refuses them
     */
    void put(String name, byte[] bytes, String sha256Hex) throws S3Exception {
        // the body is read from the array itself: neither copied nor hashed
        RequestBody body = RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(bytes), bytes.length, CONTENT_TYPE);
        call("put", name, (s3, call) -> {
            PutObjectResponse stored = s3.putObject(
                    request -> request.bucket(config.bucket()).key(name).overrideConfiguration(o -> {
                        call.countIn(o);
                        o.putHeader(DigestSigner.PAYLOAD_HASH, sha256Hex);
                    }),
                    body);
            checkTag(call, stored.eTag());
            return true;
        });
    }

    /**
     * Every S3 server names what it has by a tag; whoever says 200 without one, such as a login page, stored nothing.
     */
    private void checkTag(Attempted call, @Nullable String tag) throws S3Exception {
        if (tag == null) {
            throw errors.malformed(call, "an object without an ETag");
        }
    }

    /**
     * The bytes of an object.
     *
     * @return empty only when the server said {@code NoSuchKey}: no other 404 proves absence
     */
    Optional<byte[]> get(String name) throws S3Exception {
        return call("get", name, (s3, call) -> {
            try {
                return Optional.of(s3.getObject(
                        request -> request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn),
                        WHOLE_BODY));
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
                return OptionalLong.of(length(call, found));
            } catch (SdkServiceException e) {
                if (e.statusCode() == 404) {
                    return OptionalLong.empty();
                }
                throw e;
            }
        });
    }

    private long length(Attempted call, HeadObjectResponse found) throws S3Exception {
        checkTag(call, found.eTag());
        Long length = found.contentLength();
        if (length == null) {
            throw errors.malformed(call, "an object without a length");
        }
        return length;
    }

    /** Removes an object, if it is there. */
    void delete(String name) throws S3Exception {
        call("delete", name, (s3, call) -> {
            try {
                s3.deleteObject(
                        request -> request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn));
            } catch (NoSuchKeyException absent) {
                // as asked
            }
            return true;
        });
    }

    /**
     * Removes objects, those of them that are there.
     *
     * @param names at most {@link #PAGE}
     * @return one failure for each object that may still be there
     */
    List<S3Exception> deleteAll(List<String> names) throws S3Exception {
        Delete delete = Delete.builder()
                .quiet(true)
                .objects(names.stream().map(S3Bucket::identifier).toList())
                .build();
        return call(
                "delete_objects",
                "",
                (s3, call) -> s3
                        .deleteObjects(request ->
                                request.bucket(config.bucket()).delete(delete).overrideConfiguration(call::countIn))
                        .errors()
                        .stream()
                        .map(error -> errors.undeleted(
                                call, String.valueOf(error.key()), Objects.requireNonNullElse(error.code(), "")))
                        .toList());
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
                    next(call, page, token));
        });
    }

    /** An answer that does not say how to go on, and that it ends, is none: its end would be a short list. */
    private Optional<String> next(Attempted call, ListObjectsV2Response page, Optional<String> token)
            throws S3Exception {
        Boolean more = page.isTruncated();
        if (more == null) {
            throw errors.malformed(call, "a listing that does not say whether it ends");
        }
        if (!more) {
            return Optional.empty();
        }
        String next = page.nextContinuationToken();
        if (next == null || token.filter(next::equals).isPresent()) {
            throw errors.malformed(call, "a listing that cannot be continued");
        }
        return Optional.of(next);
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
    }

    @Override
    public String toString() {
        return config.bucket() + " at " + config.place();
    }

    /** What is asked of the SDK in one call. */
    private interface Request<T> {
        T send(S3Client client, Attempted call) throws S3Exception;
    }

    private <T> T call(String operation, String name, Request<T> request) throws S3Exception {
        String object = name.isEmpty() ? config.bucket() : config.bucket() + "/" + name;
        Attempted call = new Attempted(operation, object, time);
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

    private static final ResponseTransformer<GetObjectResponse, byte[]> WHOLE_BODY = (answer, body) -> {
        try {
            Long length = answer.contentLength();
            // without a length the transfer coding says where the body ends
            return length == null || length > BELIEVED_LENGTH ? body.readAllBytes() : read(body, length.intValue());
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
