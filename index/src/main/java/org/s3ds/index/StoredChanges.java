package org.s3ds.index;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.TableChanges;

/** Changes on their way into a batch. */
record StoredChanges(Engine engine, WriteBatch batch) implements TableChanges.Into {
    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        byte[] block = BlockKeys.bytes(key);
        if (block == null) {
            put(engine.rest(), StoredKeys.entry(key), value);
        } else {
            put(engine.blocks(), block, value);
        }
    }

    @Override
    public void remove(Key key) throws DatastoreException {
        byte[] block = BlockKeys.bytes(key);
        if (block == null) {
            remove(engine.rest(), StoredKeys.entry(key));
        } else {
            remove(engine.blocks(), block);
        }
    }

    @Override
    public void intend(Key key) throws DatastoreException {
        put(engine.rest(), StoredKeys.intent(key), new byte[0]);
    }

    @Override
    public void settle(Key key) throws DatastoreException {
        remove(engine.rest(), StoredKeys.intent(key));
    }

    @Override
    public void record(String name, byte[] value) throws DatastoreException {
        put(engine.rest(), StoredKeys.record(name), value);
    }

    private void put(ColumnFamilyHandle family, byte[] key, byte[] value) throws DatastoreException {
        try {
            batch.put(family, key, value);
        } catch (RocksDBException e) {
            throw new DatastoreException("a change of the index could not be noted: " + e.getMessage(), e);
        }
    }

    private void remove(ColumnFamilyHandle family, byte[] key) throws DatastoreException {
        try {
            batch.delete(family, key);
        } catch (RocksDBException e) {
            throw new DatastoreException("a change of the index could not be noted: " + e.getMessage(), e);
        }
    }
}
