package org.s3ds.s3;

import org.s3ds.datastore.DatastoreException;

/**
 * A request to S3 failed, after whatever retries were worth it. The message says what was wrong, what to do, and what
 * {@link #failure} knows.
 */
public final class S3Exception extends DatastoreException {
    private static final long serialVersionUID = 1L;

    private final S3Failure failure;

    S3Exception(String sentence, S3Failure failure) {
        super(sentence + " (" + failure + ")");
        this.failure = failure;
    }

    S3Exception(String sentence, S3Failure failure, Throwable cause) {
        super(sentence + " (" + failure + ")", cause);
        this.failure = failure;
    }

    /** The request, and how it failed. */
    public S3Failure failure() {
        return failure;
    }
}
