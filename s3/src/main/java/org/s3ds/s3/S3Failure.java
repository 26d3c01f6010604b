package org.s3ds.s3;

import java.io.Serializable;
import java.time.Duration;

/**
 * What is known of a request that failed.
 *
 * @param operation what was asked: put, get, head, delete, delete_objects, list, create_bucket
 * @param object the bucket, and behind a slash the object or prefix
 * @param outcome what became of it
 * @param status the HTTP status; 0 when there was no answer
 * @param code the server's error code, such as {@code NoSuchBucket}; empty without one
 * @param attempts how often it was tried, 0 when it was never sent
 * @param elapsed from the call to its end, with waits between attempts
 * @param requestId the server's name for the last attempt; empty without one
 * @param retryMayHelp whether the same call may succeed later, with nothing changed
 */
public record S3Failure(
        String operation,
        String object,
        Outcome outcome,
        int status,
        String code,
        int attempts,
        Duration elapsed,
        String requestId,
        boolean retryMayHelp)
        implements Serializable {
    /** What became of a request that failed. Done, and absent, are no failures. */
    public enum Outcome {
        /** It was not carried out: the server said no, or the request never reached it. */
        REFUSED,
        /** Nobody knows: no answer came, or none that tells. */
        UNKNOWN
    }

    /** Such as {@code put b/CIQ…: status 503 SlowDown, 6 attempts, 2310 ms, request 0C1A}. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(operation).append(' ').append(object).append(": ");
        if (status != 0) {
            text.append("status ")
                    .append(status)
                    .append(code.isEmpty() ? "" : " " + code)
                    .append(", ");
        }
        text.append(attempts).append(attempts == 1 ? " attempt, " : " attempts, ");
        text.append(elapsed.toMillis()).append(" ms");
        return text.append(requestId.isEmpty() ? "" : ", request " + requestId).toString();
    }
}
