package org.s3ds.datastore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A store in memory that cannot put one key in a batch. */
final class PartialDatastore implements Datastore {
    private final Datastore values = new MemoryDatastore();
    private final Key refused;
    private final DatastoreException reason;

    PartialDatastore(Key refused, DatastoreException reason) {
        this.refused = refused;
        this.reason = reason;
    }

    @Override
    public Batch batch() {
        return new PendingBatch(operations -> {
            Map<Key, DatastoreException> failures = new LinkedHashMap<>();
            for (Map.Entry<Key, Optional<byte[]>> each : operations.entrySet()) {
                if (each.getKey().equals(refused)) {
                    failures.put(refused, reason);
                } else {
                    values.put(each.getKey(), each.getValue().orElseThrow());
                }
            }
            throw new BatchException(operations.size(), failures);
        });
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return values.get(key);
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return values.has(key);
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return values.size(key);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        values.put(key, value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        values.delete(key);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return values.query(query);
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        values.sync(prefix);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return values.diskUsage();
    }

    @Override
    public void close() throws DatastoreException {
        values.close();
    }
}
