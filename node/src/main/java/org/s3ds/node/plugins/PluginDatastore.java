package org.s3ds.node.plugins;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.CopySource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.Sha256;
import org.s3ds.datastore.StoreIndex;

/** A store of a plugin, whose code runs as {@link PluginCode} has it. */
final class PluginDatastore implements Datastore {
    private final Datastore store;
    private final PluginCode code;

    PluginDatastore(Datastore store, PluginCode code) {
        this.store = store;
        this.code = code;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return code.call(() -> store.get(key));
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return code.call(() -> store.has(key));
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return code.call(() -> store.size(key));
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        return code.call(() -> store.sha256(key));
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return code.call(() -> store.checksums(prefix));
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        code.run(() -> store.put(key, value));
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        code.run(() -> store.delete(key));
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return code.call(() -> new Cursor(store.query(query), code));
    }

    @Override
    public Batch batch() throws DatastoreException {
        return code.call(() -> new Changes(store.batch(), code));
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        code.run(() -> store.sync(prefix));
    }

    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        code.run(() -> store.requireDeletes(prefix));
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return code.call(store::diskUsage);
    }

    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        return code.call(() -> store.diskUsage(prefix));
    }

    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        return code.call(() -> store.copies(prefix).stream()
                .<CopySource>map(source -> key -> code.call(() -> source.get(key)))
                .toList());
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        return store.index(prefix).map(index -> new PluginIndex(index, code));
    }

    @Override
    public Datastore unindexed() {
        return new PluginDatastore(store.unindexed(), code);
    }

    @Override
    public String whereIs(Key key) {
        return store.whereIs(key);
    }

    @Override
    public Datastore inBackground() {
        return new PluginDatastore(store.inBackground(), code);
    }

    @Override
    public void close() throws DatastoreException {
        code.run(store::close);
    }

    @Override
    public String toString() {
        return store.toString();
    }

    private record Cursor(Results results, PluginCode code) implements Results {
        @Override
        public Query query() {
            return results.query();
        }

        @Override
        public Optional<Entry> next() throws DatastoreException {
            return code.call(results::next);
        }

        @Override
        public void close() throws DatastoreException {
            code.run(results::close);
        }
    }

    private record Changes(Batch batch, PluginCode code) implements Batch {
        @Override
        public void put(Key key, byte[] value) throws DatastoreException {
            code.run(() -> batch.put(key, value));
        }

        @Override
        public void delete(Key key) throws DatastoreException {
            code.run(() -> batch.delete(key));
        }

        @Override
        public void commit() throws DatastoreException {
            code.run(batch::commit);
        }
    }
}
