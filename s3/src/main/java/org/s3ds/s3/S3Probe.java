package org.s3ds.s3;

import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;

/** Asks, before a repo is made on it, whether a bucket can be used as a spec says. */
public final class S3Probe implements AutoCloseable {
    private final S3Bucket bucket;
    private final ObjectNames names;

    /** Sends nothing yet. */
    public S3Probe(S3Config config, StoreContext context) {
        this.bucket = new S3Bucket(config, context);
        this.names = new ObjectNames(config.rootDirectory());
    }

    /** Creates the bucket, unless it is there and ours: one request. */
    public void createBucket() throws DatastoreException {
        bucket.create();
    }

    /**
     * Whether nothing is stored yet under the root directory: one LIST, which proves that the bucket is there and the
     * keys are good for reading it.
     *
     * @throws S3Exception when it is not so; the message says what to do
     */
    public boolean isEmpty() throws DatastoreException {
        return bucket.list(names.below(Key.ROOT), "", Optional.empty(), 1)
                .objects()
                .isEmpty();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
