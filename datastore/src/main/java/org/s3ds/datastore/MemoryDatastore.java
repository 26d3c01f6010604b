package org.s3ds.datastore;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A datastore in memory, gone when the process ends. */
public final class MemoryDatastore implements Datastore {
    private final ConcurrentNavigableMap<Key, byte[]> values = new ConcurrentSkipListMap<>(Key.BYTE_ORDER);

    /** An empty store. */
    public MemoryDatastore() {}

    @Override
    public Optional<byte[]> get(Key key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public boolean has(Key key) {
        return values.containsKey(key);
    }

    @Override
    public OptionalLong size(Key key) {
        byte[] value = values.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.length);
    }

    @Override
    public void put(Key key, byte[] value) {
        values.put(key, value);
    }

    @Override
    public void delete(Key key) {
        values.remove(key);
    }

    @Override
    public Results query(Query query) {
        Key before = query.startsAfter()
                .filter(key -> Key.BYTE_ORDER.compare(key, query.prefix()) > 0)
                .orElse(query.prefix());
        var entries = values.tailMap(before, false).entrySet().stream()
                .map(entry -> Entry.of(entry.getKey(), entry.getValue()))
                .iterator();
        return ScanResults.of(query, ScanResults.Source.of(entries));
    }

    @Override
    public Batch batch() {
        return new PendingBatch(this::carryOut);
    }

    private void carryOut(Map<Key, Optional<byte[]>> operations) {
        operations.forEach((key, value) -> value.ifPresentOrElse(bytes -> put(key, bytes), () -> delete(key)));
    }

    @Override
    public void sync(Key prefix) {}

    /** Always empty: the store takes no disk. */
    @Override
    public OptionalLong diskUsage() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "Memory";
    }
}
