package org.s3ds.s3;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;

/**
 * Listed keys with their values fetched, a few at a time, in the sequence of the keys. A key whose value is gone by
 * then is passed over.
 */
final class ReadAhead implements ScanResults.Source, Results {
    /** Values in memory before they are asked for. */
    private static final int DEPTH = 16;

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("s3ds-read-ahead-", 0).factory();

    private final Query query;
    private final ScanResults.Source keys;
    private final S3Datastore store;
    private final int depth;
    private final Deque<FutureTask<Optional<Entry>>> running = new ArrayDeque<>();
    private long toGive;

    /**
     * Fetches nothing yet.
     *
     * @param most values to give
     * @param workers values to fetch at once at most
     */
    ReadAhead(Query query, ScanResults.Source keys, S3Datastore store, long most, int workers) {
        this.query = query;
        this.keys = keys;
        this.store = store;
        this.depth = Math.min(workers, DEPTH);
        this.toGive = most;
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        startMore();
        while (!running.isEmpty()) {
            Optional<Entry> entry = Awaited.result(running.remove(), "the listing");
            if (entry.isPresent()) {
                toGive--;
                return entry;
            }
            startMore();
        }
        return Optional.empty();
    }

    /** Leaves to themselves the fetches that are still under way: their values are dropped. */
    @Override
    public void close() throws DatastoreException {
        running.forEach(task -> task.cancel(true));
        running.clear();
        toGive = 0;
        keys.close();
    }

    private void startMore() throws DatastoreException {
        while (running.size() < Math.min(depth, toGive)) {
            Optional<Entry> listed = keys.next();
            if (listed.isEmpty()) {
                return;
            }
            FutureTask<Optional<Entry>> task = new FutureTask<>(() -> fetch(listed.get()));
            running.add(task);
            THREADS.newThread(task).start();
        }
    }

    private Optional<Entry> fetch(Entry listed) throws DatastoreException {
        return store.get(listed.key()).map(value -> {
            Entry entry = Entry.of(listed.key(), value);
            return listed.modified().map(entry::withModified).orElse(entry);
        });
    }
}
