package org.s3ds.s3.claims;

import java.util.SortedSet;

/**
 * What was found on a place that has claims.
 *
 * @param numbers of all claims there
 * @param claim the one that counts: that of the highest number
 */
record Standing(SortedSet<Long> numbers, ClaimRecord claim) {
    /** The number that counts. */
    long number() {
        return numbers.last();
    }
}
