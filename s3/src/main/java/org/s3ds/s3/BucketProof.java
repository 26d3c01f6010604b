package org.s3ds.s3;

import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.s3ds.datastore.DatastoreException;

/**
 * The proof that a 404 to HEAD means an absent object. Such an answer has no body: a bucket that is not there, and on
 * some servers an access key that is not known, look just the same. One listing tells; once it has, nothing more is
 * asked, until a call is told that there is no such bucket, or that our keys are not good for it.
 */
final class BucketProof {
    private final S3Bucket bucket;
    private final String prefix;
    private final AtomicReference<Proof> proof;

    /**
     * A listing, or what will be one.
     *
     * @param denials that had come before it was asked for
     */
    private record Proof(int denials, FutureTask<ListedPage> listing) {}

    BucketProof(S3Bucket bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.proof = new AtomicReference<>(newProof());
    }

    /**
     * Returns when the bucket has been seen with our keys. The first caller asks, others that come meanwhile wait for
     * the answer; after a failure the next caller asks again.
     */
    void require() throws DatastoreException {
        Proof known = proof.get();
        while (known.denials() != bucket.calls().denials()) {
            proof.compareAndSet(known, newProof());
            known = proof.get();
        }
        known.listing().run();
        try {
            Awaited.result(known.listing(), "looking for " + bucket);
        } catch (DatastoreException e) {
            proof.compareAndSet(known, newProof());
            throw e;
        }
    }

    private Proof newProof() {
        return new Proof(
                bucket.calls().denials(), new FutureTask<>(() -> bucket.list(prefix, "", Optional.empty(), 1)));
    }
}
