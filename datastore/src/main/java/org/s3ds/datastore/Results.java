package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of a query, read once from front to back by one thread. */
public interface Results extends AutoCloseable {
    /** The query as it was asked. */
    Query query();

    /**
     * The next entry.
     *
     * @return empty at the end, and ever after
     * @throws DatastoreException when the listing cannot go on; the entries so far are then not all there are
     */
    Optional<Entry> next() throws DatastoreException;

    /** Everything from here to the end, in memory. */
    default List<Entry> rest() throws DatastoreException {
        List<Entry> rest = new ArrayList<>();
        for (Optional<Entry> entry = next(); entry.isPresent(); entry = next()) {
            rest.add(entry.get());
        }
        return rest;
    }

    /** Ends the reading, early or not; may be called twice. */
    @Override
    void close() throws DatastoreException;
}
