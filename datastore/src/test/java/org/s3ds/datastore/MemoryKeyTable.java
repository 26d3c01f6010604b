package org.s3ds.datastore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link KeyTable} in memory, opened again and again by {@link MemoryKeyTables}. A scan copies everything. */
final class MemoryKeyTable implements KeyTable {
    /** What is in a table. */
    private static final class Content implements TableChanges.Into {
        private final NavigableMap<Key, byte[]> entries = new TreeMap<>(Key.BYTE_ORDER);
        private final Set<Key> intents = new HashSet<>();
        private final Map<String, byte[]> records = new HashMap<>();

        @Override
        public void put(Key key, byte[] value) {
            entries.put(key, value.clone());
        }

        @Override
        public void remove(Key key) {
            entries.remove(key);
        }

        @Override
        public void intend(Key key) {
            intents.add(key);
        }

        @Override
        public void settle(Key key) {
            intents.remove(key);
        }

        @Override
        public void record(String name, byte[] value) {
            records.put(name, value.clone());
        }

        void take(Content other) {
            entries.clear();
            entries.putAll(other.entries);
            intents.clear();
            intents.addAll(other.intents);
            records.clear();
            records.putAll(other.records);
        }
    }

    private final Content content = new Content();
    /** What the end of the machine leaves. */
    private final Content synced = new Content();

    private volatile Runnable beforeWrite = () -> {};
    private boolean isSynced = true;
    private boolean open;
    private boolean lost;

    /** Begins a session. */
    synchronized MemoryKeyTable opened() {
        if (open) {
            throw new IllegalStateException("the table is open");
        }
        open = true;
        return this;
    }

    /** The process ends at once: what was written stays. */
    synchronized void kill() {
        open = false;
    }

    /** The machine ends at once: what was not synced is gone. */
    synchronized void crash() {
        open = false;
        lost |= !isSynced;
        isSynced = true;
        content.take(synced);
    }

    /** What is written of the whole is gone, and entries are not. */
    synchronized void loseRecords() {
        content.records.clear();
        synced.records.clear();
        lost = true;
    }

    @Override
    public synchronized byte @Nullable [] get(Key key) throws DatastoreException {
        return content().entries.get(key);
    }

    @Override
    public synchronized Optional<byte[]> record(String name) throws DatastoreException {
        return Optional.ofNullable(content().records.get(name));
    }

    @Override
    public synchronized List<Key> intents() throws DatastoreException {
        return List.copyOf(content().intents);
    }

    @Override
    public void write(TableChanges changes) throws DatastoreException {
        beforeWrite.run();
        synchronized (this) {
            changes.make(content());
            isSynced = false;
            lost = false;
        }
    }

    /** What happens before each write, and may take its time. */
    void beforeWrite(Runnable what) {
        beforeWrite = what;
    }

    @Override
    public synchronized void sync() throws DatastoreException {
        synced.take(content());
        isSynced = true;
    }

    @Override
    public synchronized Scan scan(Optional<Key> after) throws DatastoreException {
        NavigableMap<Key, byte[]> entries = content().entries;
        return new Copied(
                new TreeMap<>(after.map(key -> entries.tailMap(key, false)).orElse(entries)));
    }

    @Override
    public synchronized boolean hasLostWrites() {
        return lost;
    }

    @Override
    public OptionalLong diskUsage() {
        return OptionalLong.empty();
    }

    @Override
    public synchronized void close() {
        open = false;
    }

    private Content content() throws DatastoreException {
        if (!open) {
            throw new DatastoreException("the table is closed");
        }
        return content;
    }

    private static final class Copied implements Scan {
        private final Iterator<Map.Entry<Key, byte[]>> entries;
        private Map.@Nullable Entry<Key, byte[]> entry;

        Copied(Map<Key, byte[]> entries) {
            this.entries = entries.entrySet().iterator();
        }

        @Override
        public boolean next() {
            entry = entries.hasNext() ? entries.next() : null;
            return entry != null;
        }

        @Override
        public Key key() {
            return here().getKey();
        }

        @Override
        public byte[] value() {
            return here().getValue();
        }

        @Override
        public void close() {}

        private Map.Entry<Key, byte[]> here() {
            if (entry == null) {
                throw new IllegalStateException("no entry here");
            }
            return entry;
        }
    }
}
