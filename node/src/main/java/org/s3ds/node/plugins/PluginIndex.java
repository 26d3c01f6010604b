package org.s3ds.node.plugins;

import java.time.Duration;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex;

/** The index of a plugin's store, whose code runs as {@link PluginCode} has it. */
record PluginIndex(StoreIndex index, PluginCode code) implements StoreIndex {
    @Override
    public Status status() throws DatastoreException {
        return code.call(index::status);
    }

    @Override
    public Optional<Status> seen() throws DatastoreException {
        return code.call(index::seen);
    }

    @Override
    public Optional<Totals> totals() throws DatastoreException {
        return code.call(index::totals);
    }

    @Override
    public Totals rebuild(Progress progress) throws DatastoreException {
        return code.call(() -> index.rebuild(progress));
    }

    @Override
    public Compared verify(Progress progress, Drifts drifts) throws DatastoreException {
        return code.call(() -> index.verify(progress, drifts));
    }

    @Override
    public boolean awaitLoaded(Duration most) throws DatastoreException {
        return code.call(() -> index.awaitLoaded(most));
    }

    @Override
    public int notes(Key key) throws DatastoreException {
        return code.call(() -> index.notes(key));
    }

    @Override
    public void note(Key key, int bits) throws DatastoreException {
        code.run(() -> index.note(key, bits));
    }
}
