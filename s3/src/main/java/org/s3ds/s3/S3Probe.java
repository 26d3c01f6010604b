package org.s3ds.s3;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;

/** Asks, before a repo is made on it, whether a bucket can be used as a spec says. */
final class S3Probe implements AutoCloseable {
    private final S3Config config;
    private final StoreContext context;
    private final S3Bucket bucket;
    private final ObjectNames names;

    /** Sends nothing yet. */
    S3Probe(S3Config config, StoreContext context) {
        this.config = config;
        this.context = context;
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
        String root = names.below(Key.ROOT);
        ListedPage page = bucket.list(root, "", Optional.empty(), 1);
        boolean isScratch =
                page.objects().stream().anyMatch(first -> first.name().startsWith(root + Examination.SCRATCH));
        if (isScratch) { // left by an examination that was killed: what comes behind counts
            page = bucket.list(root, root + Examination.BEHIND_SCRATCH, Optional.empty(), 1);
        }
        // a page without a name may have others behind it
        return page.objects().isEmpty() && page.next().isEmpty();
    }

    /**
     * Makes sure that no other repo holds the place; one LIST, and a GET when there are claims.
     *
     * @param repo where the repo will be, which may hold what an earlier try left
     * @return whether there are claims: it was given up, or is ours already
     * @throws org.s3ds.datastore.AccessException when another holds it
     */
    boolean requireFree(Path repo) throws DatastoreException {
        StoreContext there = new StoreContext(repo, context.metrics(), context.environment());
        return Claims.claimant(bucket, new S3Objects(bucket), there, InstantSource.system())
                .requireFree();
    }

    /** What the user should know before a repo is made there, a sentence each; one LIST, as {@link #isEmpty}. */
    List<String> notes() throws DatastoreException {
        return notes(isEmpty());
    }

    /** @param isOurs whether there is nothing, or nothing that another rests on */
    List<String> notes(boolean isOurs) {
        return isOurs || config.access() != Access.EXCLUSIVE
                ? List.of()
                : List.of(config.place().inWords()
                        + " is not empty. Blocks in it will be this repo's as well, and garbage"
                        + " collection would remove those that no pin of this repo keeps: if another node uses it, give this"
                        + " one a rootDirectory of its own");
    }

    @Override
    public void close() {
        bucket.close();
    }
}
