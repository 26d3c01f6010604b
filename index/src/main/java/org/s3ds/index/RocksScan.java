package org.s3ds.index;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;

/** The keys of blocks and the others, merged. */
final class RocksScan implements KeyTable.Scan {
    /** Entries of one kind, from the one that comes next. */
    private static final class Side {
        private final RocksIterator entries;
        private final Function<byte[], @Nullable Key> keys;
        private @Nullable Key key;

        Side(RocksIterator entries, Function<byte[], @Nullable Key> keys) {
            this.entries = entries;
            this.keys = keys;
        }

        void begin(byte[] from, Optional<Key> after) {
            entries.seek(from);
            look();
            if (key != null && after.isPresent() && key.equals(after.get())) {
                step();
            }
        }

        void step() {
            entries.next();
            look();
        }

        private void look() {
            key = entries.isValid() ? keys.apply(entries.key()) : null;
        }
    }

    private final RocksKeyTable table;
    private final Side blocks;
    private final Side rest;
    private @Nullable Key key;
    private byte[] value = {};

    /** Of iterators that it closes. */
    RocksScan(RocksKeyTable table, RocksIterator blocks, RocksIterator rest, Optional<Key> after) {
        this.table = table;
        this.blocks = new Side(blocks, BlockKeys::key);
        this.rest = new Side(rest, StoredKeys::keyOfEntry);
        Key start = after.orElse(Key.ROOT);
        byte[] from = BlockKeys.from(start);
        if (from.length > 0) {
            this.blocks.begin(from, after);
        }
        this.rest.begin(StoredKeys.entry(start), after);
    }

    @Override
    public boolean next() throws DatastoreException {
        return table.call("be read", this::advance);
    }

    private boolean advance() throws RocksDBException {
        Side side = least();
        key = side.key;
        if (key == null) {
            blocks.entries.status();
            rest.entries.status();
            return false;
        }
        value = side.entries.value();
        side.step();
        return true;
    }

    private Side least() {
        if (blocks.key == null) {
            return rest;
        }
        return rest.key == null || Key.BYTE_ORDER.compare(blocks.key, rest.key) < 0 ? blocks : rest;
    }

    @Override
    public Key key() {
        if (key == null) {
            throw new IllegalStateException("no entry here");
        }
        return key;
    }

    @Override
    public byte[] value() {
        return value;
    }

    @Override
    public void close() {
        table.end(this);
    }

    /** Lets go of what it holds of the database. */
    void release() {
        blocks.entries.close();
        rest.entries.close();
    }
}
