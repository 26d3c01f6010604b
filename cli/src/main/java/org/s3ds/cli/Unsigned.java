package org.s3ds.cli;

import java.io.IOException;

/**
 * The value of an option that has no sign, as Go's uint on the command line.
 *
 * @param value 0 to 2^32-1
 */
record Unsigned(long value) {
    /** None. */
    static final Unsigned ZERO = new Unsigned(0);

    private static final long MOST = 0xffff_ffffL;

    /**
     * Reads one.
     *
     * @throws IOException with Go's sentence
     */
    static Unsigned parse(String text) throws IOException {
        return new Unsigned(GoNumber.parse(text, 0, MOST));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
