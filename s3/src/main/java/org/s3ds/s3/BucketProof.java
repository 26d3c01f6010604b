package org.s3ds.s3;

import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.s3ds.datastore.DatastoreException;

/**
 * The proof that a 404 to HEAD means an absent object. Such an answer has no body: a bucket that is not there, and on
 * some servers an access key that is not known, look just the same. One listing tells; once it has, nothing more is
 * asked.
 */
final class BucketProof {
    private final S3Bucket bucket;
    private final String prefix;
    private final AtomicReference<FutureTask<ListedPage>> proof;

    BucketProof(S3Bucket bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.proof = new AtomicReference<>(newTask());
    }

    /**
     * Returns when the bucket has been seen with our keys. The first caller asks, others that come meanwhile wait for
     * the answer; after a failure the next caller asks again.
     */
    void require() throws DatastoreException {
        FutureTask<ListedPage> task = proof.get();
        task.run();
        try {
            Awaited.result(task, "looking for " + bucket);
        } catch (DatastoreException e) {
            proof.compareAndSet(task, newTask());
            throw e;
        }
    }

    private FutureTask<ListedPage> newTask() {
        return new FutureTask<>(() -> bucket.list(prefix, "", Optional.empty(), 1));
    }
}
