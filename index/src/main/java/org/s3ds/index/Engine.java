package org.s3ds.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** A RocksDB database with two families of keys: those of blocks, and the rest. Not to be used once it is closed. */
final class Engine implements AutoCloseable {
    private final Settings settings;
    private final RocksDB database;
    private final ColumnFamilyHandle blocks;
    private final ColumnFamilyHandle rest;

    private Engine(Settings settings, RocksDB database, List<ColumnFamilyHandle> families) {
        this.settings = settings;
        this.database = database;
        this.blocks = families.get(0);
        this.rest = families.get(1);
    }

    /** Opens what is in a folder, or makes it. */
    static Engine open(Path folder) throws RocksDBException {
        Settings settings = new Settings();
        try {
            List<ColumnFamilyDescriptor> wanted = List.of(
                    new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, settings.family()),
                    new ColumnFamilyDescriptor(new byte[] {'r'}, settings.family()));
            List<ColumnFamilyHandle> families = new ArrayList<>();
            RocksDB database = RocksDB.open(settings.database(), folder.toString(), wanted, families);
            return new Engine(settings, database, families);
        } catch (RocksDBException e) {
            settings.close();
            throw e;
        }
    }

    /** Where the keys of blocks are. */
    ColumnFamilyHandle blocks() {
        return blocks;
    }

    /** Where the rest is. */
    ColumnFamilyHandle rest() {
        return rest;
    }

    /** The bytes of a key; null when it is not there. */
    byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) throws RocksDBException {
        return database.get(family, key);
    }

    /** Makes changes: all or none. */
    void write(WriteBatch changes) throws RocksDBException {
        database.write(settings.writing(), changes);
    }

    /** Waits until what was written is on the disk. */
    void sync() throws RocksDBException {
        database.syncWal();
    }

    /** Puts what is in logs into files of the table, and the logs away. */
    void flush() throws RocksDBException {
        database.flush(settings.flushing(), List.of(blocks, rest));
    }

    /** How many changes there were in all. */
    long changes() {
        return database.getLatestSequenceNumber();
    }

    /** Of blocks and of the rest, both as of one moment. */
    List<RocksIterator> iterators() throws RocksDBException {
        return database.newIterators(List.of(blocks, rest), settings.scanning());
    }

    @Override
    public void close() {
        blocks.close();
        rest.close();
        database.close();
        settings.close();
    }
}
