package org.s3ds.s3.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.StoreIndex;

/** Knows nothing. */
record NoIndex() implements ObjectIndex {
    @Override
    public Optional<byte[]> get(Key key, Get get) throws DatastoreException {
        return get.get();
    }

    @Override
    public OptionalLong size(Key key, Ask ask) throws DatastoreException {
        return ask.ask();
    }

    @Override
    public void absent(Key key) {}

    @Override
    public void put(Key key, long size, boolean isBlock, Act act) throws DatastoreException {
        act.act();
    }

    @Override
    public Map<Key, DatastoreException> deleteAll(List<Key> keys, ActOnAll act) throws DatastoreException {
        return act.act();
    }

    @Override
    public Optional<ScanResults.Source> keys() {
        return Optional.empty();
    }

    @Override
    public void held() {}

    @Override
    public void disown() {}

    @Override
    public Optional<StoreIndex> shown() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
