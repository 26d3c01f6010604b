package org.s3ds.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.TableChanges;

/** A {@link KeyTable} on RocksDB. */
final class RocksKeyTable implements KeyTable {
    private final TableFolder folder;
    private final Mark mark;
    private final Engine engine;
    private final Set<RocksScan> scans = ConcurrentHashMap.newKeySet();
    /** Held for reading by every call, and for writing by the last: what is closed may not be touched. */
    private final ReadWriteLock life = new ReentrantReadWriteLock();

    private volatile boolean closed;
    private volatile boolean lost;

    RocksKeyTable(TableFolder folder, Mark mark, Engine engine) {
        this.folder = folder;
        this.mark = mark;
        this.engine = engine;
        this.lost = mark.isAhead(engine.changes());
    }

    /** What is done with the database. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T make() throws RocksDBException, DatastoreException;
    }

    @Override
    public byte @Nullable [] get(Key key) throws DatastoreException {
        byte[] block = BlockKeys.bytes(key);
        return block == null
                ? call("read " + key, () -> engine.get(engine.rest(), StoredKeys.entry(key)))
                : call("read a key", () -> engine.get(engine.blocks(), block));
    }

    @Override
    public Optional<byte[]> record(String name) throws DatastoreException {
        return Optional.ofNullable(
                call("read the record " + name, () -> engine.get(engine.rest(), StoredKeys.record(name))));
    }

    @Override
    public List<Key> intents() throws DatastoreException {
        return call("read the intents", () -> {
            List<RocksIterator> both = engine.iterators();
            try {
                return intents(both.getLast());
            } finally {
                both.forEach(RocksIterator::close);
            }
        });
    }

    private static List<Key> intents(RocksIterator rest) throws RocksDBException {
        List<Key> keys = new ArrayList<>();
        for (rest.seek(StoredKeys.intents()); rest.isValid(); rest.next()) {
            Key key = StoredKeys.keyOfIntent(rest.key());
            if (key == null) {
                break;
            }
            keys.add(key);
        }
        rest.status();
        return keys;
    }

    @Override
    public void write(TableChanges changes) throws DatastoreException {
        if (changes.isEmpty()) {
            return;
        }
        call("be written", () -> {
            try (WriteBatch batch = new WriteBatch()) {
                changes.make(new StoredChanges(engine, batch));
                engine.write(batch);
            }
            setMark();
            return true;
        });
    }

    private void setMark() {
        if (lost) {
            synchronized (mark) {
                if (lost) {
                    mark.set(engine.changes());
                    lost = false;
                }
            }
        }
        mark.raise(engine.changes());
    }

    @Override
    public void sync() throws DatastoreException {
        call("be written to the disk", () -> {
            engine.sync();
            return true;
        });
    }

    @Override
    public Scan scan(Optional<Key> after) throws DatastoreException {
        return call("be read", () -> {
            List<RocksIterator> both = engine.iterators();
            RocksScan scan = new RocksScan(this, both.getFirst(), both.getLast(), after);
            scans.add(scan);
            return scan;
        });
    }

    /** A scan is over. */
    void end(RocksScan scan) {
        life.readLock().lock();
        try {
            scans.remove(scan);
            scan.release();
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public boolean hasLostWrites() {
        return lost;
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        try {
            return OptionalLong.of(folder.size());
        } catch (IOException e) {
            throw new DatastoreException("the size of the index at " + folder.path() + " could not be told", e);
        }
    }

    /** Makes a call while the table is open, and tells what went wrong. */
    <T extends @Nullable Object> T call(String operation, Call<T> call) throws DatastoreException {
        life.readLock().lock();
        try {
            if (closed) {
                throw new DatastoreException("the index at " + folder.path() + " is closed");
            }
            return call.make();
        } catch (RocksDBException e) {
            TableFailure failure = new TableFailure(folder.path(), e);
            if (failure.isDamage()) {
                mark.setDamaged();
            }
            throw failure.during(operation);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void close() throws DatastoreException {
        life.writeLock().lock();
        try {
            if (!closed) {
                shortenLogs();
            }
        } finally {
            end();
            life.writeLock().unlock();
        }
    }

    private void shortenLogs() throws DatastoreException {
        try {
            if (folder.hasLongLogs()) {
                engine.flush();
            }
        } catch (IOException e) {
            throw new DatastoreException("the index at " + folder.path() + " could not be closed", e);
        } catch (RocksDBException e) {
            throw new TableFailure(folder.path(), e).during("be closed");
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            scans.forEach(RocksScan::release);
            engine.close();
        }
    }
}
