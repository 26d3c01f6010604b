package org.s3ds.datastore;

import java.util.Optional;
import java.util.OptionalLong;

/** A store that fails whatever it is asked, with {@code test error}. */
final class FailingDatastore implements Datastore {
    private static DatastoreException failure() {
        return new DatastoreException("test error");
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        throw failure();
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        throw failure();
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        throw failure();
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        throw failure();
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        throw failure();
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        throw failure();
    }

    @Override
    public Batch batch() {
        return new PendingBatch(operations -> {
            throw failure();
        });
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        throw failure();
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        throw failure();
    }

    @Override
    public void close() throws DatastoreException {
        throw failure();
    }
}
