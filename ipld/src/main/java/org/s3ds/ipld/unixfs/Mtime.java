package org.s3ds.ipld.unixfs;

import java.time.Instant;
import org.s3ds.ipld.ProtoWriter;

/**
 * When a file was last changed.
 *
 * @param seconds since 1970, below 0 before it
 * @param nanos of the second, 0 to 999,999,999
 */
public record Mtime(long seconds, int nanos) {
    /** The longest fraction of a second. */
    static final int MAX_NANOS = 999_999_999;

    /** Checks the fraction. */
    public Mtime {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException("nanoseconds of a second are 0 to " + MAX_NANOS + ", not " + nanos);
        }
    }

    /** A moment as it is stored. */
    public static Mtime of(Instant instant) {
        return new Mtime(instant.getEpochSecond(), instant.getNano());
    }

    /** The length as a message. */
    int encodedSize() {
        return ProtoWriter.numberSize(seconds) + (nanos > 0 ? 5 : 0);
    }

    void writeTo(ProtoWriter out) {
        out.number(UnixfsFields.SECONDS, seconds);
        if (nanos > 0) {
            out.fixed32(UnixfsFields.NANOS, nanos);
        }
    }
}
