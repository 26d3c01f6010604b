package org.s3ds.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.PendingBatch;

/** Carries a batch out: every put a request, deletes a thousand to a request, all at once as far as workers allow. */
final class BatchCommit implements PendingBatch.Commit {
    private static final int FAILURES_TOLD = 10;
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("s3ds-batch-", 0).factory();

    private final S3Datastore store;
    private final S3Bucket bucket;
    private final ObjectNames names;

    BatchCommit(S3Datastore store, S3Bucket bucket, ObjectNames names) {
        this.store = store;
        this.bucket = bucket;
        this.names = names;
    }

    /**
     * Tries every operation.
     *
     * @throws DatastoreException naming up to ten of the operations that failed, and holding all as suppressed
     */
    @Override
    public void carryOut(Map<Key, Optional<byte[]>> operations) throws DatastoreException {
        List<FutureTask<List<? extends DatastoreException>>> tasks = new ArrayList<>();
        List<String> deletes = new ArrayList<>();
        operations.forEach((key, value) -> {
            value.ifPresent(bytes -> tasks.add(put(key, bytes)));
            if (value.isEmpty()) {
                names.of(key).ifPresent(deletes::add);
            }
        });
        for (int from = 0; from < deletes.size(); from += S3Bucket.PAGE) {
            List<String> some = deletes.subList(from, Math.min(deletes.size(), from + S3Bucket.PAGE));
            tasks.add(task(() -> bucket.deleteAll(some)));
        }
        tasks.forEach(task -> THREADS.newThread(task).start());
        report(failures(tasks), operations.size());
    }

    private FutureTask<List<? extends DatastoreException>> put(Key key, byte[] value) {
        return task(() -> {
            store.put(key, value);
            return List.of();
        });
    }

    /** A task that gives its failures, whether it returns or throws them. */
    private static FutureTask<List<? extends DatastoreException>> task(
            Callable<List<? extends DatastoreException>> work) {
        return new FutureTask<>(() -> {
            try {
                return work.call();
            } catch (DatastoreException e) {
                return List.of(e);
            }
        });
    }

    private static List<DatastoreException> failures(List<FutureTask<List<? extends DatastoreException>>> tasks)
            throws DatastoreException {
        List<DatastoreException> failures = new ArrayList<>();
        try {
            for (FutureTask<List<? extends DatastoreException>> task : tasks) {
                failures.addAll(Awaited.result(task, "the batch"));
            }
        } catch (DatastoreException e) {
            tasks.forEach(task -> task.cancel(true));
            throw e;
        }
        return failures;
    }

    private static void report(List<DatastoreException> failures, int operations) throws DatastoreException {
        if (failures.isEmpty()) {
            return;
        }
        String told = failures.stream()
                .limit(FAILURES_TOLD)
                .map(Throwable::getMessage)
                .collect(Collectors.joining("; "));
        String untold = failures.size() > FAILURES_TOLD ? "; and more" : "";
        DatastoreException all = new DatastoreException(
                "a batch of " + operations + " operations had " + failures.size() + " failures: " + told + untold);
        failures.forEach(all::addSuppressed);
        throw all;
    }
}
