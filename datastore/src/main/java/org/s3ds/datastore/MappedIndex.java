package org.s3ds.datastore;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An index whose keys are called otherwise here.
 *
 * @param inward what a key of ours is called there
 * @param outward the other way round
 */
record MappedIndex(StoreIndex index, UnaryOperator<Key> inward, UnaryOperator<Key> outward) implements StoreIndex {
    @Override
    public Status status() throws DatastoreException {
        return outward(index.status());
    }

    @Override
    public Optional<Status> seen() throws DatastoreException {
        return index.seen().map(this::outward);
    }

    private Status outward(Status status) {
        return new Status(
                status.place(),
                status.state(),
                status.known(),
                status.doubtful(),
                status.loadedTo().map(outward),
                status.disk());
    }

    @Override
    public Optional<Totals> totals() throws DatastoreException {
        return index.totals();
    }

    @Override
    public Totals rebuild(Progress progress) throws DatastoreException {
        return index.rebuild(progress);
    }

    @Override
    public Compared verify(Progress progress, Drifts drifts) throws DatastoreException {
        return index.verify(
                progress,
                drift -> drifts.found(new Drift(outward.apply(drift.key()), drift.indexed(), drift.stored())));
    }

    @Override
    public boolean awaitLoaded(Duration most) throws DatastoreException {
        return index.awaitLoaded(most);
    }

    @Override
    public int notes(Key key) throws DatastoreException {
        return index.notes(inward.apply(key));
    }

    @Override
    public void note(Key key, int bits) throws DatastoreException {
        index.note(inward.apply(key), bits);
    }
}
