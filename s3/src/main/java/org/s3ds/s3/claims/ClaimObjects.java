package org.s3ds.s3.claims;

import java.util.Optional;
import java.util.SortedMap;
import org.s3ds.datastore.DatastoreException;

/** The claims on one place, as objects with numbers. What could not be told is an exception, never "not there". */
public interface ClaimObjects {
    /** All of them: by number how many bytes each has. */
    SortedMap<Long, Long> list() throws DatastoreException;

    /** The bytes of one; empty when it is not there. */
    Optional<byte[]> read(long number) throws DatastoreException;

    /**
     * Makes one, unless there is one of that number.
     *
     * @return false when there is one
     */
    boolean create(long number, byte[] bytes) throws DatastoreException;

    /** Removes one, if it is there. */
    void delete(long number) throws DatastoreException;
}
