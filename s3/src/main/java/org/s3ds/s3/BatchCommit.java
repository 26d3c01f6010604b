package org.s3ds.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.PendingBatch;

/**
 * Carries a batch out: every put a request, deletes a thousand to a request, or one by one where the server has no such
 * call; by as many threads as there are workers. The values are those that the batch holds: nothing is copied.
 */
final class BatchCommit implements PendingBatch.Commit {
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("s3ds-batch-", 0).factory();

    /** Operations that are carried out together. */
    private record Step(List<Key> keys, Action action) {}

    /** What a step does. */
    private interface Action {
        /**
         * Does it.
         *
         * @return for each key that failed why
         * @throws DatastoreException when all of them failed
         */
        Map<Key, DatastoreException> run() throws DatastoreException;
    }

    private final S3Datastore store;
    private final BulkDelete bulk;
    private final ObjectNames names;
    private final int workers;

    /**
     * For the batches of a store.
     *
     * @param workers how many requests may be in flight
     */
    BatchCommit(S3Datastore store, BulkDelete bulk, ObjectNames names, int workers) {
        this.store = store;
        this.bulk = bulk;
        this.names = names;
        this.workers = workers;
    }

    /**
     * Tries every operation.
     *
     * @throws BatchException naming every operation that failed
     * @throws org.s3ds.datastore.AccessException when the store may not write; nothing was tried then
     * @throws DatastoreException when this thread was interrupted; any operation may have happened or not then
     */
    @Override
    public void carryOut(Map<Key, Optional<byte[]>> operations) throws DatastoreException {
        if (!operations.isEmpty()) {
            store.requireWrites();
        }
        Map<Key, DatastoreException> failures = new ConcurrentHashMap<>();
        Queue<Step> steps = new ConcurrentLinkedQueue<>();
        Map<Key, String> deletes = new LinkedHashMap<>();
        operations.forEach((key, value) -> value.ifPresentOrElse(
                bytes -> steps.add(put(key, bytes)), () -> names.of(key).ifPresent(name -> deletes.put(key, name))));
        addDeletes(List.copyOf(deletes.keySet()), deletes, steps, failures);
        runAll(steps, failures);
        if (!failures.isEmpty()) {
            throw new BatchException(operations.size(), inSequence(operations, failures));
        }
    }

    private Step put(Key key, byte[] value) {
        return new Step(List.of(key), () -> {
            store.put(key, value);
            return Map.of();
        });
    }

    /** The first thousand decide, alone, how the others go. */
    private void addDeletes(
            List<Key> keys, Map<Key, String> names, Queue<Step> steps, Map<Key, DatastoreException> failures) {
        for (int from = 0; from < keys.size(); from += S3Bucket.PAGE) {
            List<Key> some = keys.subList(from, Math.min(keys.size(), from + S3Bucket.PAGE));
            Step together = new Step(some, () -> together(some, names, steps));
            if (bulk.isLacking()) {
                some.forEach(key -> steps.add(single(key)));
            } else if (bulk.isDecided()) {
                steps.add(together);
            } else {
                run(together, failures);
            }
        }
    }

    private Map<Key, DatastoreException> together(List<Key> keys, Map<Key, String> names, Queue<Step> steps)
            throws DatastoreException {
        Map<Key, String> named = new LinkedHashMap<>();
        keys.forEach(key -> named.put(key, names.getOrDefault(key, "")));
        Optional<Map<Key, DatastoreException>> failed = store.deleteTogether(named);
        if (failed.isEmpty()) {
            keys.forEach(key -> steps.add(single(key)));
        }
        return failed.orElse(Map.of());
    }

    private Step single(Key key) {
        return new Step(List.of(key), () -> {
            store.delete(key);
            return Map.of();
        });
    }

    private void runAll(Queue<Step> steps, Map<Key, DatastoreException> failures) throws DatastoreException {
        List<Thread> threads = Stream.generate(() -> THREADS.newThread(() -> runEach(steps, failures)))
                .limit(Math.min(workers, steps.size()))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            steps.clear();
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new DatastoreException("the batch was interrupted; any of it may have happened", e);
        }
    }

    private static void runEach(Queue<Step> steps, Map<Key, DatastoreException> failures) {
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            run(step, failures);
        }
    }

    private static void run(Step step, Map<Key, DatastoreException> failures) {
        try {
            failures.putAll(step.action().run());
        } catch (DatastoreException e) {
            step.keys().forEach(key -> failures.put(key, e));
        } catch (RuntimeException | Error e) {
            DatastoreException defect = new DatastoreException("the operation failed: " + e, e);
            step.keys().forEach(key -> failures.put(key, defect));
        }
    }

    private static Map<Key, DatastoreException> inSequence(
            Map<Key, Optional<byte[]>> operations, Map<Key, DatastoreException> failures) {
        Map<Key, DatastoreException> sorted = new LinkedHashMap<>();
        operations
                .keySet()
                .forEach(key -> Optional.ofNullable(failures.get(key)).ifPresent(e -> sorted.put(key, e)));
        return sorted;
    }
}
