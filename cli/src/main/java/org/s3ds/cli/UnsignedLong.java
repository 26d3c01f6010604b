package org.s3ds.cli;

import java.io.IOException;

/**
 * The value of an option that has no sign, as Go's uint64; none here is above the largest {@code long}.
 *
 * @param value 0 to 2^63-1
 */
record UnsignedLong(long value) {
    /**
     * Reads one.
     *
     * @throws IOException with Go's sentence
     */
    static UnsignedLong parse(String text) throws IOException {
        return new UnsignedLong(GoNumber.parse(text, 0, Long.MAX_VALUE));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
