package org.s3ds.datastore;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** The results of another query, each entry changed. */
final class MappedResults implements Results {
    private final Query query;
    private final Results results;
    private final UnaryOperator<Entry> change;

    MappedResults(Query query, Results results, UnaryOperator<Entry> change) {
        this.query = query;
        this.results = results;
        this.change = change;
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        return results.next().map(change);
    }

    @Override
    public void close() throws DatastoreException {
        results.close();
    }
}
