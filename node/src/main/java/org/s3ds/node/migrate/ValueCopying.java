package org.s3ds.node.migrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.transfer.TransferProgress;

/**
 * Copies values that are no blocks, such as pins: nothing says whether one is right, so all of them are copied while
 * nobody else has the repo, and then read again and compared.
 */
final class ValueCopying implements Copying {
    private static final int TOGETHER = 500;

    private final MigrationFolder folder;
    private final MigrationListener listener;
    private final Datastore from;
    private final Datastore to;
    private long copied;
    private long bytes;

    /** Between two open stores, which stay open. */
    ValueCopying(MigrationFolder folder, MigrationListener listener, Datastore from, Datastore to) {
        this.folder = folder;
        this.listener = listener;
        this.from = from;
        this.to = to;
    }

    /** Makes sure that the target is empty; later, what is there was put there by a run before. */
    @Override
    public void copyAhead() throws IOException {
        if (folder.journal().last(Step.FOUND).isPresent()) {
            return;
        }
        Optional<Key> first = first();
        if (first.isPresent()) {
            throw new MigrationException(
                    "the target is not empty: it has the key " + first.get() + "; choose another place");
        }
        folder.journal().append(Step.FOUND, Map.of());
    }

    private Optional<Key> first() throws DatastoreException {
        try (Results results = to.query(Query.keys(Key.ROOT).withSlice(0, 1))) {
            return results.next().map(Entry::key);
        }
    }

    @Override
    public Map<String, Object> copyLast() throws IOException {
        listener.phase("copying, with the repo locked");
        long deleted = removeOld();
        copyAll();
        to.sync(Key.ROOT);
        listener.phase("comparing");
        compare();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("copied", copied);
        fields.put("bytes copied", bytes);
        fields.put("deleted", deleted);
        return fields;
    }

    /** What an earlier run has put there, and is not in the source. */
    private long removeOld() throws DatastoreException {
        List<Key> old = new ArrayList<>();
        try (Results results = to.query(Query.keys(Key.ROOT))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                if (!from.has(entry.get().key())) {
                    old.add(entry.get().key());
                }
            }
        }
        Batch batch = to.batch();
        for (Key key : old) {
            batch.delete(key);
        }
        batch.commit();
        return old.size();
    }

    private void copyAll() throws IOException {
        Batch batch = to.batch();
        try (Results results = from.query(Query.of(Key.ROOT))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                byte[] value = value(entry.get());
                batch.put(entry.get().key(), value);
                bytes += value.length;
                if (++copied % TOGETHER == 0) {
                    batch.commit();
                    batch = to.batch();
                    tell(false);
                }
            }
        }
        batch.commit();
        tell(true);
    }

    private void compare() throws IOException {
        long same = 0;
        try (Results results = to.query(Query.of(Key.ROOT))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                Key key = entry.get().key();
                Optional<byte[]> value = from.get(key);
                if (value.isEmpty() || !Arrays.equals(value.get(), value(entry.get()))) {
                    throw new MigrationException(
                            "the copy of " + key + " differs from what was copied: " + to.whereIs(key));
                }
                same++;
            }
        }
        if (same != copied) {
            throw new MigrationException("the target has %d values, and %d were copied to it".formatted(same, copied));
        }
    }

    private static byte[] value(Entry entry) throws DatastoreException {
        return entry.value().orElseThrow(() -> new DatastoreException("the listing lacks the value of " + entry.key()));
    }

    private void tell(boolean all) throws IOException {
        Totals so = new Totals(copied, bytes);
        listener.progress(new TransferProgress(so, new Totals(0, 0), so, all));
    }

    @Override
    public void close() {}
}
