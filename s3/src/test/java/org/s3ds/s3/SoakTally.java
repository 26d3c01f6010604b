package org.s3ds.s3;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;

/** What those who use a store in a {@link Soak} have done. */
final class SoakTally {
    private final LongAdder operations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile @Nullable String lastFailure;

    /** An operation has ended. */
    void done() {
        operations.increment();
    }

    /** One has failed. */
    void failed(DatastoreException failure) {
        failures.increment();
        lastFailure = failure.getMessage();
    }

    long operations() {
        return operations.sum();
    }

    @Override
    public String toString() {
        String last = lastFailure;
        return operations + " operations, of which " + failures + " failed"
                + (last == null ? "" : ", the last with: " + last);
    }
}
