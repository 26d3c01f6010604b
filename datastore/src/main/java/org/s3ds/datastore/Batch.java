package org.s3ds.datastore;

/**
 * Puts and deletes that are carried out together. The last operation on a key wins, whatever came before it. Nothing is
 * visible before {@link #commit}. Not for use by two threads at once, nor after commit.
 */
public interface Batch {
    /** Adds a put. The batch keeps the array. */
    void put(Key key, byte[] value) throws DatastoreException;

    /** Adds a delete. */
    void delete(Key key) throws DatastoreException;

    /**
     * Carries everything out. Not atomic unless the store says so: every operation is tried, and after an exception
     * each of them may or may not have happened. An empty batch does nothing.
     */
    void commit() throws DatastoreException;
}
