package org.s3ds.s3.index;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTables;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;

/** What a store does with its index, without the store: a value's bytes are all 0. */
final class FakeSession implements Place, AutoCloseable {
    private final FakeRepo repo;
    private final FakeBucket bucket;
    private final boolean exclusive;
    private final MemoryMetrics metrics = new MemoryMetrics();
    private final PlaceIndex index;
    private volatile Optional<Ownership> held = Optional.empty();

    FakeSession(FakeRepo repo, IndexOptions options, KeyTables tables, Path folder, InstantSource time) {
        this.repo = repo;
        this.bucket = repo.bucket();
        this.exclusive = options.exclusive();
        this.index = new PlaceIndex(tables, "place", folder, options, this, new IndexMeters(metrics, "place"), time);
    }

    PlaceIndex index() {
        return index;
    }

    MemoryMetrics metrics() {
        return metrics;
    }

    void put(Key key, long size) throws DatastoreException {
        require();
        index.put(key, size, true, () -> bucket.put(key, size));
    }

    void delete(Key key) throws DatastoreException {
        delete(List.of(key));
    }

    /** Each by itself; those that fail do not stop the others. */
    void delete(List<Key> keys) throws DatastoreException {
        require();
        Map<Key, DatastoreException> failures = index.deleteAll(keys, () -> {
            Map<Key, DatastoreException> failed = new HashMap<>();
            for (Key key : keys) {
                try {
                    bucket.delete(key);
                } catch (DatastoreException e) {
                    failed.put(key, e);
                }
            }
            return failed;
        });
        for (DatastoreException failure : failures.values()) {
            throw failure;
        }
    }

    OptionalLong size(Key key) throws DatastoreException {
        return index.size(key, ask(key));
    }

    boolean has(Key key) throws DatastoreException {
        return size(key).isPresent();
    }

    Optional<byte[]> get(Key key) throws DatastoreException {
        return index.get(key, () -> bucket.get(key));
    }

    /** The keys that the index lists; empty when it does not know all. */
    Optional<List<Key>> keys() throws DatastoreException {
        Optional<ScanResults.Source> source = index.keys();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        List<Key> keys = new ArrayList<>();
        try (ScanResults.Source known = source.get()) {
            for (Optional<Entry> each = known.next(); each.isPresent(); each = known.next()) {
                keys.add(each.get().key());
            }
        }
        return Optional.of(keys);
    }

    /** Claims the place, and waits until everything is known. */
    FakeSession loaded() throws DatastoreException {
        require();
        put(Key.of("/first"), 1);
        delete(Key.of("/first"));
        if (!index.awaitLoaded(Duration.ofMinutes(1))) {
            throw new DatastoreException("not loaded");
        }
        bucket.taken();
        return this;
    }

    /** As a store does for who deletes by what was found out before. */
    void requireDeletes() throws DatastoreException {
        require();
        index.held();
    }

    /** As a store does before each write. */
    private void require() throws DatastoreException {
        if (!exclusive) {
            return;
        }
        if (held.isEmpty()) {
            String before = bucket.counts(repo.claim()) ? repo.claim() : "";
            held = Optional.of(new Ownership(repo.makeClaim(), before));
        }
        if (!held.get().now().equals(bucket.claim())) {
            index.disown();
            throw new AccessException("the place is another's");
        }
    }

    @Override
    public String inWords() {
        return repo.place();
    }

    @Override
    public String whereIs(Key key) {
        return "the object place" + key;
    }

    @Override
    public Optional<Ownership> held() {
        return held.filter(ownership -> ownership.now().equals(bucket.claim()));
    }

    @Override
    public Optional<String> standing() throws DatastoreException {
        return bucket.counts(repo.claim()) ? Optional.of(repo.claim()) : Optional.empty();
    }

    @Override
    public ObjectIndex.Ask ask(Key key) {
        return () -> bucket.ask(key);
    }

    @Override
    public Results all() {
        return ScanResults.inOrder(Query.keys(Key.ROOT).withSizes(), new ScanResults.Source() {
            private final List<Entry> ahead = new ArrayList<>();
            private String from = "";
            private boolean isOver;

            @Override
            public Optional<Entry> next() throws DatastoreException {
                if (ahead.isEmpty() && !isOver) {
                    ahead.addAll(bucket.page(from, Coverage.END));
                    isOver = ahead.size() < FakeBucket.PAGE;
                    from = ahead.isEmpty() ? from : ahead.getLast().key().toString();
                }
                return ahead.isEmpty() ? Optional.empty() : Optional.of(ahead.removeFirst());
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public void list(List<Coverage.Span> gaps, Pages into) throws DatastoreException {
        bucket.list(gaps, into);
    }

    /** Ends the process: what it wrote stays. */
    void kill() {
        repo.tables().kill();
        end();
    }

    /** Ends the machine: what was not synced is gone. */
    void crash() {
        repo.tables().crash();
        end();
    }

    /** Its threads go no further. */
    private void end() {
        try {
            index.close();
        } catch (DatastoreException e) {
            // the table was taken from it
        }
    }

    @Override
    public void close() throws DatastoreException {
        index.close();
    }
}
