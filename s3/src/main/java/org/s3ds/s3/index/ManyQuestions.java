package org.s3ds.s3.index;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** Asks about keys, many at once: a collection that was killed leaves a thousand in doubt. */
final class ManyQuestions {
    private static final int AT_ONCE = 32;

    private final Place place;
    private final Questions questions;

    ManyQuestions(Place place, Questions questions) {
        this.place = place;
        this.questions = questions;
    }

    /** Returns when the ledger has learnt every answer, or fails with the first that failed. */
    void ask(Ledger ledger, List<Key> keys) throws DatastoreException {
        if (keys.isEmpty()) {
            return;
        }
        try (ExecutorService asking = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("s3ds-ask-", 0).factory())) {
            try {
                List<? extends Future<?>> answers = keys.stream()
                        .map(key -> asking.submit(() -> questions.ask(ledger, key, place.ask(key))))
                        .toList();
                for (Future<?> answer : answers) {
                    answer.get();
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof DatastoreException failure
                        ? failure
                        : new DatastoreException("what is in doubt could not be asked for: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatastoreException("interrupted while asking for what is in doubt", e);
            } finally {
                asking.shutdownNow();
            }
        }
    }
}
