package org.s3ds.levelds;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.iq80.leveldb.DBIterator;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.ScanResults;

/** The entries below a query's prefix, by key in either direction, as they were when the iterator was made. */
final class RangeSource implements ScanResults.Source {
    private final LevelDbCalls calls;
    private final DBIterator iterator;
    private final byte[] first;
    private final byte[] end;
    private final boolean backwards;

    /** Takes the iterator over, also when this fails. */
    RangeSource(LevelDbCalls calls, DBIterator iterator, Query query, boolean backwards) throws DatastoreException {
        this.calls = calls;
        this.iterator = iterator;
        this.backwards = backwards;
        try {
            first = first(query);
            end = KeyBytes.endBelow(query.prefix());
            calls.run("seek " + query.prefix(), this::seek);
        } catch (DatastoreException e) {
            iterator.close();
            throw e;
        }
    }

    /** Of what the query leaves out the first part alone is skipped here, and the key it starts after is not. */
    private static byte[] first(Query query) throws DatastoreException {
        byte[] below = KeyBytes.firstBelow(query.prefix());
        Optional<Key> after = query.startsAfter();
        byte[] start = after.isPresent() ? KeyBytes.of(after.get()) : below;
        return Arrays.compareUnsigned(start, below) > 0 ? start : below;
    }

    /** To the first entry of the range, or behind the last one; behind the very last there is nothing to stand on. */
    private boolean seek() {
        iterator.seek(backwards ? end : first);
        if (backwards && !iterator.hasNext()) {
            iterator.seekToLast();
        }
        return true;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        Optional<Map.Entry<byte[], byte[]>> found = calls.run("read the next entry", this::step);
        if (found.isEmpty() || isOutside(found.get().getKey())) {
            return Optional.empty();
        }
        return Optional.of(
                Entry.of(KeyBytes.toKey(found.get().getKey()), found.get().getValue()));
    }

    private Optional<Map.Entry<byte[], byte[]>> step() {
        if (backwards) {
            return iterator.hasPrev() ? Optional.of(iterator.prev()) : Optional.empty();
        }
        return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    private boolean isOutside(byte[] key) {
        return Arrays.compareUnsigned(key, first) < 0 || Arrays.compareUnsigned(key, end) >= 0;
    }

    @Override
    public void close() throws DatastoreException {
        calls.run("close the listing", () -> {
            iterator.close();
            return true;
        });
    }
}
