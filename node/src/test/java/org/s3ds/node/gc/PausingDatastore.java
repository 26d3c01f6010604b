package org.s3ds.node.gc;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.PendingBatch;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/**
 * A store that lets others go first, before and after each call; a list is read entry by entry, and what is in a batch
 * is done one by one.
 */
final class PausingDatastore implements Datastore {
    /** Lets others go first, for as long as it likes. */
    @FunctionalInterface
    interface Pause {
        /** Before or after a call. */
        void at(String call, Key key);
    }

    private final Datastore child;
    private final Pause pause;

    PausingDatastore(Datastore child, Pause pause) {
        this.child = child;
        this.pause = pause;
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws DatastoreException;
    }

    private <T> T paused(String name, Key key, Call<T> call) throws DatastoreException {
        pause.at(name, key);
        T result = call.make();
        pause.at(name, key);
        return result;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return paused("get", key, () -> child.get(key));
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return paused("has", key, () -> child.has(key));
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return paused("size", key, () -> child.size(key));
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        pause.at("put", key);
        child.put(key, value);
        pause.at("put", key);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        pause.at("delete", key);
        child.delete(key);
        pause.at("delete", key);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        Results results = paused("query", query.prefix(), () -> child.query(query));
        return new Results() {
            @Override
            public Query query() {
                return query;
            }

            @Override
            public Optional<Entry> next() throws DatastoreException {
                pause.at("next", query.prefix());
                return results.next();
            }

            @Override
            public void close() throws DatastoreException {
                results.close();
            }
        };
    }

    @Override
    public Batch batch() {
        return new PendingBatch(this::carryOut);
    }

    private void carryOut(Map<Key, Optional<byte[]>> operations) throws DatastoreException {
        for (Map.Entry<Key, Optional<byte[]>> each : operations.entrySet()) {
            if (each.getValue().isPresent()) {
                put(each.getKey(), each.getValue().get());
            } else {
                delete(each.getKey());
            }
        }
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        pause.at("sync", prefix);
        child.sync(prefix);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return child.diskUsage();
    }

    @Override
    public void close() throws DatastoreException {
        child.close();
    }
}
