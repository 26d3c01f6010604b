package org.s3ds.datastore;

/**
 * Puts and deletes that are carried out together. The last operation on a key wins, whatever came before it. Nothing is
 * visible before {@link #commit}. Not for use by two threads at once, nor after commit: a batch is committed once,
 * whatever becomes of it, and every later call is an {@link IllegalStateException}. Who wants to try again puts what
 * failed into a new batch; an operation that happened does no harm by happening again.
 */
public interface Batch {
    /** Adds a put. The batch keeps the array. */
    void put(Key key, byte[] value) throws DatastoreException;

    /** Adds a delete. */
    void delete(Key key) throws DatastoreException;

    /**
     * Carries everything out. Not atomic unless the store says so: every operation is tried, and after an exception
     * each of them may or may not have happened. An empty batch does nothing.
     *
     * @throws BatchException when the store can say which operations failed: then all others happened
     */
    void commit() throws DatastoreException;
}
