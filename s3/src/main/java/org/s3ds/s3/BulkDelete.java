package org.s3ds.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Removes up to a thousand objects with one request, where the server has such a call; whether it has is asked once.
 */
final class BulkDelete {
    private enum Support {
        UNKNOWN,
        THERE,
        LACKING
    }

    private final S3Bucket bucket;
    private final AtomicReference<Support> support;

    BulkDelete(S3Bucket bucket) {
        this(bucket, new AtomicReference<>(Support.UNKNOWN));
    }

    private BulkDelete(S3Bucket bucket, AtomicReference<Support> support) {
        this.bucket = bucket;
        this.support = support;
    }

    /** The same for another view of the bucket. */
    BulkDelete in(S3Bucket view) {
        return new BulkDelete(view, support);
    }

    /** Whether the server is known to have the call, or not to have it. */
    boolean isDecided() {
        return support.get() != Support.UNKNOWN;
    }

    /** Whether the server is known not to have the call. */
    boolean isLacking() {
        return support.get() == Support.LACKING;
    }

    /**
     * Removes objects, those of them that are there.
     *
     * @param names at most {@link S3Bucket#PAGE}
     * @return for each object that may still be there why; empty when the server has no such call, and did nothing
     * @throws S3Exception when all of them may still be there
     */
    Optional<Map<String, S3Exception>> delete(List<String> names) throws S3Exception {
        try {
            Map<String, S3Exception> failures = bucket.deleteAll(names);
            support.compareAndSet(Support.UNKNOWN, Support.THERE);
            return Optional.of(failures);
        } catch (S3Exception e) {
            if (support.get() != Support.THERE && isUnknownCall(e.failure())) {
                support.set(Support.LACKING);
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isUnknownCall(S3Failure failure) {
        return failure.status() == 501
                || failure.status() == 405
                || (failure.status() == 400 && failure.code().equals("NotImplemented"));
    }
}
