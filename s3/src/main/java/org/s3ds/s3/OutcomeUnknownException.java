package org.s3ds.s3;

import org.jspecify.annotations.Nullable;

/**
 * A write to S3 failed, and nobody knows whether it was carried out: no answer came, or none that tells. Whoever needs
 * to know looks. To put the same bytes again, or to delete again, is always safe.
 */
public final class OutcomeUnknownException extends S3Exception {
    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(String sentence, S3Failure failure, @Nullable Throwable cause) {
        super(sentence + "; it may have been carried out all the same", failure, cause);
    }
}
