package org.s3ds.node.gc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** A store in memory that fails where it is told to. */
final class FaultyStore implements Datastore {
    /** What else happens. */
    @FunctionalInterface
    interface Aside {
        void happen() throws Exception;
    }

    private final MemoryDatastore child;
    final List<String> calls = new ArrayList<>();

    /** Why nobody may decide what is deleted. */
    Optional<String> refusal = Optional.empty();

    /** Why a key is not deleted; blank for those that are. */
    Function<Key, String> stuck = key -> "";

    /** How many blocks a listing gives before it fails. */
    int listedAtMost = Integer.MAX_VALUE;

    /** Before blocks are listed. */
    Aside onQuery = () -> {};

    /** After a batch. */
    Aside onCommit = () -> {};

    FaultyStore(MemoryDatastore child) {
        this.child = child;
    }

    private synchronized void called(String call) {
        calls.add(call);
    }

    private static void happen(Aside aside) throws DatastoreException {
        try {
            aside.happen();
        } catch (Exception e) {
            throw new DatastoreException("what was to happen did not", e);
        }
    }

    @Override
    public Optional<byte[]> get(Key key) {
        called("get " + key);
        return child.get(key);
    }

    @Override
    public boolean has(Key key) {
        called("has " + key);
        return child.has(key);
    }

    @Override
    public OptionalLong size(Key key) {
        called("size " + key);
        return child.size(key);
    }

    @Override
    public void put(Key key, byte[] value) {
        called("put " + key);
        child.put(key, value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        called("delete " + key);
        String why = stuck.apply(key);
        if (!why.isEmpty()) {
            throw new DatastoreException(why);
        }
        child.delete(key);
    }

    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        called("requireDeletes " + prefix);
        if (refusal.isPresent()) {
            throw new AccessException(refusal.get());
        }
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        called("query " + query.prefix());
        if (!query.prefix().equals(Key.raw("/blocks"))) {
            return child.query(query);
        }
        happen(onQuery);
        return new Results() {
            private final Results all = child.query(query);
            private int given;

            @Override
            public Query query() {
                return query;
            }

            @Override
            public Optional<Entry> next() throws DatastoreException {
                if (given++ == listedAtMost) {
                    throw new DatastoreException("the page broke off");
                }
                return all.next();
            }

            @Override
            public void close() throws DatastoreException {
                all.close();
            }
        };
    }

    @Override
    public Batch batch() {
        return new Batch() {
            private final List<Key> deletes = new ArrayList<>();

            @Override
            public void put(Key key, byte[] value) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void delete(Key key) {
                deletes.add(key);
            }

            @Override
            public void commit() throws DatastoreException {
                called("delete " + deletes.size());
                Map<Key, DatastoreException> failures = new LinkedHashMap<>();
                for (Key key : deletes) {
                    String why = stuck.apply(key);
                    if (why.isEmpty()) {
                        child.delete(key);
                    } else {
                        failures.put(key, new DatastoreException(why));
                    }
                }
                happen(onCommit);
                if (!failures.isEmpty()) {
                    throw new BatchException(deletes.size(), failures);
                }
            }
        };
    }

    @Override
    public void sync(Key prefix) {
        called("sync " + prefix);
    }

    @Override
    public OptionalLong diskUsage() {
        return child.diskUsage();
    }

    @Override
    public void close() {
        child.close();
    }
}
