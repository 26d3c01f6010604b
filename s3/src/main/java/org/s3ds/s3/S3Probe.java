package org.s3ds.s3;

import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.credentials.CredentialsException;

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

    /**
     * Where the keys come from, in words, such as {@code profile "work", until 2026-11-25T23:00:00Z}: looks for them.
     *
     * @throws DatastoreException when there are none, or the place where they should be gives none
     */
    public String credentialSource() throws DatastoreException {
        try {
            return bucket.credentials().found().toString();
        } catch (CredentialsException e) {
            throw new DatastoreException(String.valueOf(e.rawMessage()), e);
        }
    }

    /** What to tell a user about where keys are: a sentence each. Sends nothing. */
    public List<String> credentialWarnings() {
        return bucket.credentials().warnings();
    }

    @Override
    public void close() {
        bucket.close();
    }
}
