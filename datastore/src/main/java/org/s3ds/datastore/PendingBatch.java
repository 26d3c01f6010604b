package org.s3ds.datastore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A batch that remembers the last operation on each key until it is committed. What most stores hand out. */
public final class PendingBatch implements Batch {
    /** What carries a batch out. */
    @FunctionalInterface
    public interface Commit {
        /**
         * Carries operations out; called at most once, and not for an empty batch.
         *
         * @param operations for each key the value to put, or empty to delete it; in the sequence the keys came up
         */
        void carryOut(Map<Key, Optional<byte[]>> operations) throws DatastoreException;
    }

    private final Map<Key, Optional<byte[]>> operations = new LinkedHashMap<>();
    private final Commit commit;
    private boolean committed;

    /** An empty batch, carried out by {@code commit}. */
    public PendingBatch(Commit commit) {
        this.commit = commit;
    }

    @Override
    public void put(Key key, byte[] value) {
        requireOpen();
        operations.put(key, Optional.of(value));
    }

    @Override
    public void delete(Key key) {
        requireOpen();
        operations.put(key, Optional.empty());
    }

    @Override
    public void commit() throws DatastoreException {
        requireOpen();
        committed = true;
        if (!operations.isEmpty()) {
            commit.carryOut(operations);
        }
    }

    private void requireOpen() {
        if (committed) {
            throw new IllegalStateException("this batch was committed; take a new one");
        }
    }
}
