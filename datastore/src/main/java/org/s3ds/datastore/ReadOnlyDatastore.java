package org.s3ds.datastore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store whose contents must stay as they are: reads are handed on, every put, delete and batch is refused. */
public final class ReadOnlyDatastore implements Datastore {
    private final String reason;
    private final Datastore child;

    /**
     * Refuses writes.
     *
     * @param reason the whole sentence for whoever tries: why, and what to do
     * @param child is closed with this store
     */
    public ReadOnlyDatastore(String reason, Datastore child) {
        this.reason = reason;
        this.child = child;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return child.get(key);
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return child.has(key);
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return child.size(key);
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        return child.sha256(key);
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return child.checksums(prefix);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        throw new ReadOnlyException(reason);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        throw new ReadOnlyException(reason);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return child.query(query);
    }

    /** Refused at once, not first at commit. */
    @Override
    public Batch batch() throws DatastoreException {
        throw new ReadOnlyException(reason);
    }

    /** Nothing was put. */
    @Override
    public void sync(Key prefix) throws DatastoreException {
        child.sync(prefix);
    }

    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        throw new ReadOnlyException(reason);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return child.diskUsage();
    }

    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        return child.diskUsage(prefix);
    }

    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        return child.copies(prefix);
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        return child.index(prefix);
    }

    @Override
    public Datastore unindexed() {
        return new ReadOnlyDatastore(reason, child.unindexed());
    }

    @Override
    public String whereIs(Key key) {
        return child.whereIs(key);
    }

    @Override
    public Datastore inBackground() {
        return new ReadOnlyDatastore(reason, child.inBackground());
    }

    @Override
    public void close() throws DatastoreException {
        child.close();
    }

    @Override
    public String toString() {
        return "ReadOnly(" + child + ")";
    }
}
