package org.s3ds.s3;

import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.Sha256;

/**
 * A place that a store only reads, and another one fills: what must hold for reading is tried on the first.
 *
 * @param reader asked for everything
 * @param writer told of every change
 */
record WrittenByOthers(Datastore reader, Datastore writer) implements Datastore {
    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return reader.get(key);
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return reader.has(key);
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return reader.size(key);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return reader.query(query);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return reader.diskUsage();
    }

    @Override
    public Datastore inBackground() {
        return new WrittenByOthers(reader.inBackground(), writer.inBackground());
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        return reader.sha256(key);
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return reader.checksums(prefix);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        writer.put(key, value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        writer.delete(key);
    }

    @Override
    public Batch batch() throws DatastoreException {
        return writer.batch();
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        writer.sync(prefix);
    }

    @Override
    public void close() throws DatastoreException {
        try (writer) {
            reader.close();
        }
    }
}
