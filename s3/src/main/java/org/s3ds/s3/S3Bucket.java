package org.s3ds.s3;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.credentials.Credentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * One bucket: listed, rid of many objects at once, created; single objects are the affair of {@link S3Objects}, over
 * the same connection. Failures are {@link S3Exception}s, after the retries of {@link Calls}. How many requests are in
 * flight, and who goes first, is up to the {@link Governor} of the endpoint. Keys and connections come into being with
 * the first request.
 */
final class S3Bucket implements AutoCloseable {
    /** Objects in a listing's page, and in a bulk delete: the protocol's limit. */
    static final int PAGE = 1_000;

    private final S3Config config;
    private final S3Errors errors;
    private final Answers answers;
    private final Time time;
    private final Watchdog watchdog;
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

    /** With the waits between attempts as they are given. */
    S3Bucket(
            S3Config config,
            StoreContext context,
            Governors governors,
            Persistence persistence,
            Backoff backoff,
            Time time) {
        this.config = config;
        this.time = time;
        this.watchdog = new Watchdog();
        this.connection = new SdkConnection(config, context, watchdog);
        this.errors = new S3Errors(config, connection::proxy);
        this.answers = new Answers(errors, InstantSource.system());
        this.governed = governors.use(config.place().toString(), Governor.Bounds.of(config.limits()));
        connection.meters().show(governed.governor(), config.bucket() + "/" + config.rootDirectory());
        this.calls = new Calls(errors, connection::mend, watchdog, persistence, backoff, time, governed.governor());
        this.gets = new SharedGets();
        this.priority = Priority.FOREGROUND;
    }

    private S3Bucket(S3Bucket shared, Priority priority) {
        this.config = shared.config;
        this.errors = shared.errors;
        this.answers = shared.answers;
        this.time = shared.time;
        this.watchdog = shared.watchdog;
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

    /** What was said of it. */
    S3Config config() {
        return config;
    }

    /** The keys that requests are signed with. */
    Credentials credentials() {
        return connection.credentials();
    }

    /** What its requests go over. */
    SdkConnection connection() {
        return connection;
    }

    /** What sends them, and sends them again. */
    Calls calls() {
        return calls;
    }

    /** What says how they failed. */
    S3Errors errors() {
        return errors;
    }

    /** What tells whether they came to something. */
    Answers answers() {
        return answers;
    }

    /** The gets under way, in every view of it. */
    SharedGets gets() {
        return gets;
    }

    /** Whom its requests are for. */
    Priority priority() {
        return priority;
    }

    /**
     * A call to it.
     *
     * @param name of an object, or what objects' names begin with; empty for the bucket itself
     */
    Attempted attempted(String operation, String name) {
        return new Attempted(
                operation, name.isEmpty() ? config.bucket() : config.bucket() + "/" + name, priority, time);
    }

    /** The tags of an object. */
    Map<String, String> tags(String name) throws S3Exception {
        return call(
                "get_tags",
                name,
                (s3, call) -> s3
                        .getObjectTagging(request ->
                                request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn))
                        .tagSet()
                        .stream()
                        .collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    /** What groups may do with an object: the group's URI, a space, and the permission. */
    Set<String> groupGrants(String name) throws S3Exception {
        return call(
                "get_acl",
                name,
                (s3, call) -> s3
                        .getObjectAcl(request ->
                                request.bucket(config.bucket()).key(name).overrideConfiguration(call::countIn))
                        .grants()
                        .stream()
                        .filter(grant ->
                                grant.grantee() != null && grant.grantee().uri() != null)
                        .map(grant -> grant.grantee().uri() + " " + grant.permissionAsString())
                        .collect(Collectors.toSet()));
    }

    /**
     * Removes objects, those of them that are there.
     *
     * @param names at most {@link #PAGE}
     * @return by name one failure for each object that may still be there
     */
    Map<String, S3Exception> deleteAll(List<String> names) throws S3Exception {
        Attempted call = attempted("delete_objects", "");
        Deletion deletion = new Deletion(call, errors, connection.meters(), names);
        try {
            calls.run(call, () -> {
                // not quiet: an answer that does not mention an object, as no login page does, is no proof
                Delete delete = Delete.builder()
                        .quiet(false)
                        .objects(deletion.left().stream()
                                .map(S3Bucket::identifier)
                                .toList())
                        .build();
                return deletion.answered(connection
                        .client()
                        .deleteObjects(request ->
                                request.bucket(config.bucket()).delete(delete).overrideConfiguration(call::countIn)));
            });
        } catch (S3Exception e) {
            deletion.failed(e);
        } finally {
            names.forEach(gets::forget);
        }
        return deletion.failures();
    }

    /**
     * A page of the objects whose names begin with a prefix.
     *
     * @param after names come after it, and it begins with the prefix itself; blank for all names
     * @param token what the page before said; empty for the first page. With it {@code after} counts no more
     * @param most objects, 1 to {@link #PAGE}
     */
    ListedPage list(String prefix, String after, Optional<String> token, int most) throws S3Exception {
        return list(prefix, after, token, most, false);
    }

    /** The same; with the objects' times when they are asked for. */
    ListedPage list(String prefix, String after, Optional<String> token, int most, boolean times) throws S3Exception {
        Attempted call = attempted("list", prefix);
        ListedPage page = calls.run(call, () -> {
            BucketAddress address = connection.address();
            ObjectAnswer answer =
                    S3Objects.list(connection, call, address, address.listing(prefix, after, token, most));
            return answers.page(call, answer, token, times);
        });
        new PageCheck(toString(), prefix).below(page);
        return page;
    }

    /**
     * Creates the bucket, unless it is there and ours.
     *
     * @throws DatastoreException when no bucket can have the name
     */
    void create() throws DatastoreException {
        try {
            call("create_bucket", "", this::create);
        } catch (IllegalArgumentException e) {
            // the SDK looks at the name first
            throw new DatastoreException(
                    "the bucket \"" + config.bucket() + "\" cannot be created: " + e.getMessage()
                            + "; take another name",
                    e);
        }
    }

    private boolean create(S3Client s3, Attempted call) {
        try {
            s3.createBucket(connection.createRequest(call));
        } catch (BucketAlreadyOwnedByYouException there) {
            // as asked
        }
        return true;
    }

    /** How many attempts are under way. */
    int inFlight() {
        return watchdog.inFlight();
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

    private <T> T call(String operation, String name, Request<T> request) throws S3Exception {
        Attempted call = attempted(operation, name);
        return calls.run(call, () -> request.send(connection.client(), call));
    }

    private static ObjectIdentifier identifier(String name) {
        return ObjectIdentifier.builder().key(name).build();
    }
}
