package org.s3ds.node.blocks;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex;

/** Keeps notes of what is in a store, and knows nothing else. */
public final class FakeIndex implements StoreIndex {
    private final Datastore store;
    private final Map<Key, Integer> notes = new ConcurrentHashMap<>();

    public FakeIndex(Datastore store) {
        this.store = store;
    }

    @Override
    public int notes(Key key) {
        return notes.getOrDefault(key, 0);
    }

    @Override
    public void note(Key key, int bits) throws DatastoreException {
        if (store.has(key)) {
            notes.merge(key, bits, (before, more) -> before | more);
        }
    }

    @Override
    public Status status() {
        return new Status("memory", State.PARTIAL, new Totals(0, 0), 0, Optional.empty(), OptionalLong.empty());
    }

    @Override
    public Optional<Status> seen() {
        return Optional.empty();
    }

    @Override
    public Optional<Totals> totals() {
        return Optional.empty();
    }

    @Override
    public Totals rebuild(Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Compared verify(Progress progress, Drifts drifts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitLoaded(Duration most) {
        return true;
    }
}
