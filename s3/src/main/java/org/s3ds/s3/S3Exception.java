package org.s3ds.s3;

import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;

/**
 * A request to S3 failed, after whatever retries were worth it. The message says what was wrong, what to do, and what
 * {@link #failure} knows. A write that may have been carried out all the same is an {@link OutcomeUnknownException}.
 */
public sealed class S3Exception extends DatastoreException permits OutcomeUnknownException, DisorderException {
    private static final long serialVersionUID = 1L;

    private final S3Failure failure;

    S3Exception(String sentence, S3Failure failure, @Nullable Throwable cause) {
        super(sentence + " (" + failure + ")");
        if (cause != null) {
            initCause(cause);
        }
        this.failure = failure;
    }

    /** The request, and how it failed. */
    public S3Failure failure() {
        return failure;
    }
}
