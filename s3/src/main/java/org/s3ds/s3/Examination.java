package org.s3ds.s3;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;

/**
 * One examination of a bucket: finds out whether a store would work, by doing in a scratch folder below the root
 * directory what a store does, and reads which rules the bucket has. What it made is removed when it is closed, and
 * what an earlier one left behind, killed before it could, when it is older than an hour.
 */
final class Examination implements AutoCloseable {
    /** What the names of all scratch objects begin with, below the root directory. */
    static final String SCRATCH = ".s3ds-doctor/";

    /** Behind all of these names, and before any other that a store or its claims have. */
    static final String BEHIND_SCRATCH = ".s3ds-doctor0";

    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final int ATTEMPTS = 2;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);

    private final S3Config config;
    private final StoreContext context;
    private final Clock clock;
    private final Consumer<Finding> listener;
    private final S3Bucket bucket;
    private final S3Objects objects;
    private final SdkConnection connection;
    private final String root;
    private final String scratch;
    /** There may be something to remove. */
    private boolean wrote;

    /**
     * Sends nothing yet.
     *
     * @param config the store; tried with fewer retries than it asks for
     * @param context what the store would get
     * @param listener hears of each finding at once
     */
    Examination(S3Config config, StoreContext context, Consumer<Finding> listener) {
        this(config, context, Clock.systemUTC(), listener);
    }

    Examination(S3Config config, StoreContext context, Clock clock, Consumer<Finding> listener) {
        this.config = impatient(config);
        this.context = context;
        this.clock = clock;
        this.listener = listener;
        this.bucket = new S3Bucket(this.config, context);
        this.objects = new S3Objects(bucket);
        this.connection = bucket.connection();
        this.root = new ObjectNames(config.rootDirectory()).below(Key.ROOT);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        this.scratch = root + SCRATCH + clock.instant().getEpochSecond() + "-"
                + HexFormat.of().formatHex(random) + "/";
    }

    private static S3Config impatient(S3Config config) {
        Limits limits = config.limits();
        return config.with(new Limits(
                limits.workers(),
                limits.maxConnections(),
                limits.connectTimeout(),
                limits.requestTimeout(),
                Math.min(limits.retryMaxAttempts(), ATTEMPTS),
                limits.retryMaxElapsed().compareTo(LONGEST_CALL) < 0 ? limits.retryMaxElapsed() : LONGEST_CALL,
                limits.maxRequestsPerSecond(),
                limits.backgroundShare()));
    }

    /** Looks at everything; where the first request fails, there is no more to see. */
    void examine() {
        CredentialTrial.of(connection.credentials()).forEach(listener);
        if (!reachable()) {
            return;
        }
        listener.accept(new AccessTrial(config, context, bucket, objects).finding());
        if (config.readOnly()) {
            listener.accept(Finding.good("writing", "not tried: the store is for reading alone"));
            listener.accept(new ReadingTrial(config, bucket, "reading").finding());
        } else {
            wrote = true;
            new ObjectTrials(config, context, bucket, objects, scratch, listener).run();
            new SpeedTrial(config, objects, scratch, listener).run();
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        config.readBuckets().forEach(this::examineReadBucket);
        new AddressTrial(config, context, root).findings().forEach(listener);
        new BucketRules(config, connection, root).findings().forEach(listener);
        if (wrote) {
            removeScratch();
        }
    }

    /** How many values of a size are stored in a second, many at once. */
    double putsPerSecond(int size) throws DatastoreException {
        wrote = true;
        return new SpeedTrial(config, objects, scratch, listener).putsPerSecond(size);
    }

    /** Stores an object that is there until this is closed, and says which key a store has it by. */
    Key mark() throws DatastoreException {
        wrote = true;
        byte[] bytes = scratch.getBytes(StandardCharsets.UTF_8);
        objects.put(scratch + "mark", bytes, DigestSigner.sha256Hex(bytes));
        return Key.of("/" + scratch.substring(root.length()) + "mark");
    }

    /** A listing of the store's folder: the server, the bucket, the keys, and what is there that is no block. */
    private boolean reachable() {
        try {
            ReachTrial trial = new ReachTrial(config, bucket, connection, root, clock);
            trial.findings().forEach(listener);
            return true;
        } catch (S3Exception e) {
            listener.accept(Finding.bad("reach", Advice.sentence(e), Advice.about(e, config)));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.accept(Finding.bad("reach", "interrupted", ""));
            return false;
        }
    }

    /** Nothing is put there. */
    private void examineReadBucket(S3Config further) {
        S3Config quick = impatient(further);
        try (S3Bucket other = new S3Bucket(quick, context)) {
            listener.accept(new ReadingTrial(quick, other, "read bucket " + further.bucket()).finding());
        }
    }

    private void removeScratch() {
        try {
            int removed = remove();
            listener.accept(Finding.good("cleaning up", removed + " objects removed"));
            wrote = false;
        } catch (DatastoreException e) {
            // after an interruption it is tried again, when this is closed
            wrote = Thread.currentThread().isInterrupted();
            if (!wrote) {
                listener.accept(Finding.warning(
                        "cleaning up",
                        Advice.sentence(e),
                        "remove what is left below \"" + root + SCRATCH + "\" by hand"));
            }
        }
    }

    /** Removes our own scratch objects, and those that have been forgotten. */
    private int remove() throws DatastoreException {
        int removed = 0;
        Optional<String> token = Optional.empty();
        do {
            ListedPage page = bucket.list(root + SCRATCH, "", token, S3Bucket.PAGE);
            for (Listed listed : page.objects()) {
                if (isToGo(listed.name())) {
                    objects.delete(listed.name());
                    removed++;
                }
            }
            token = page.next();
        } while (token.isPresent());
        return removed;
    }

    private boolean isToGo(String name) {
        if (name.startsWith(scratch)) {
            return true;
        }
        String seconds = name.substring((root + SCRATCH).length()).replaceFirst("-.*", "");
        return seconds.matches("\\d{1,12}")
                && Instant.ofEpochSecond(Long.parseLong(seconds))
                        .isBefore(clock.instant().minus(FORGOTTEN));
    }

    /** Removes what is left, also after an interruption, and ends the connections. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            if (wrote) {
                removeScratch();
            }
        } finally {
            bucket.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
