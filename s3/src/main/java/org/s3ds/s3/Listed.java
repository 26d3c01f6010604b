package org.s3ds.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * An object as a listing shows it.
 *
 * @param name the object's name
 * @param size bytes
 * @param modified when it was last put, by our clock; empty when that was not asked for
 */
record Listed(String name, long size, Optional<Instant> modified) {
    /** Whose time was not asked for. */
    Listed(String name, long size) {
        this(name, size, Optional.empty());
    }

    /** The same under its name as it is without any coding. */
    Listed withName(String plain) {
        return new Listed(plain, size, modified);
    }

    /** The same, by a clock that the server's is ahead of by so much. */
    Listed by(ClockDifference clocks) {
        return new Listed(name, size, modified.map(clocks::ours));
    }
}
