package org.s3ds.s3;

import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;

/** Asks, before a repo is made on it, whether a bucket can be used as a spec says. */
final class S3Probe implements AutoCloseable {
    private final S3Config config;
    private final S3Bucket bucket;
    private final ObjectNames names;

    /** Sends nothing yet. */
    S3Probe(S3Config config, StoreContext context) {
        this.config = config;
        this.bucket = new S3Bucket(config, context);
        this.names = new ObjectNames(config.rootDirectory());
    }

    /** Creates the bucket, unless it is there and ours: one request. */
    void createBucket() throws DatastoreException {
        bucket.create();
    }

    /**
     * Whether nothing is stored yet under the root directory: one LIST, which proves that the bucket is there and the
     * keys are good for reading it.
     *
     * @throws S3Exception when it is not so; the message says what to do
     */
    boolean isEmpty() throws DatastoreException {
        ListedPage page = bucket.list(names.below(Key.ROOT), "", Optional.empty(), 1);
        // a page without a name may have others behind it
        return page.objects().isEmpty() && page.next().isEmpty();
    }

    /** What the user should know of objects that are there already; one LIST, as {@link #isEmpty}. */
    List<String> notes() throws DatastoreException {
        if (isEmpty()) {
            return List.of();
        }
        String place = config.rootDirectory().isEmpty()
                ? "the bucket \"%s\"".formatted(config.bucket())
                : "\"%s\" in the bucket \"%s\"".formatted(config.rootDirectory(), config.bucket());
        return List.of(
                (place + " is not empty. Blocks in it will be this repo's as well, and garbage collection would remove"
                        + " those that no pin of this repo keeps: if another node uses it, give this one a rootDirectory of"
                        + " its own"));
    }

    @Override
    public void close() {
        bucket.close();
    }
}
