package org.s3ds.s3;

import java.util.Arrays;
import java.util.Optional;

/**
 * The answer to a create-only put that was lost: what is there now may be what it stored.
 *
 * @param call which was sent again, and told that there is an object
 */
record LostAnswer(S3Errors errors, Attempted call) {
    /** How to see what is there. */
    interface Look {
        Optional<byte[]> at() throws S3Exception;
    }

    /**
     * True when what is there are these bytes.
     *
     * @throws OutcomeUnknownException when it is anything else, or could not be looked at
     */
    boolean wasStored(byte[] bytes, Look look) throws S3Exception {
        Optional<byte[]> there;
        try {
            there = look.at();
        } catch (S3Exception e) {
            throw errors.lost(call, e);
        }
        if (there.filter(found -> Arrays.equals(found, bytes)).isEmpty()) {
            throw errors.lost(call, null);
        }
        return true;
    }
}
