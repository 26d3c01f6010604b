package org.s3ds.s3;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the last listing of a whole store showed. Kept while the store is open, and nowhere else: what another process
 * put or deleted since then nobody here knows, so an older figure would be none.
 */
final class LastListing {
    /**
     * What was there.
     *
     * @param bytes the sum of the sizes of all values; what the server needs beside them it does not say
     * @param ended when the last page had come
     */
    record Total(long bytes, Instant ended) {}

    private final InstantSource now;
    private final AtomicReference<Optional<Total>> total = new AtomicReference<>(Optional.empty());

    LastListing(InstantSource now) {
        this.now = now;
    }

    /** A listing of everything has come to its end. */
    void ended(long bytes) {
        total.set(Optional.of(new Total(bytes, now.instant())));
    }

    /** What the last one showed; empty when there was none. */
    Optional<Total> total() {
        return total.get();
    }
}
