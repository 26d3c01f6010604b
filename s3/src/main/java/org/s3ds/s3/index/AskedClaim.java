package org.s3ds.s3.index;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;

/** The claim of this repo that counts, asked for once, and once more after a failure. For any number of threads. */
final class AskedClaim {
    private final Place place;
    private final AtomicReference<@Nullable FutureTask<Optional<String>>> asked = new AtomicReference<>();

    AskedClaim(Place place) {
        this.place = place;
    }

    /**
     * Words for it, as {@link Place#standing}. On a thread of its own: others wait when whoever came first gives up.
     */
    Optional<String> standing() throws DatastoreException {
        FutureTask<Optional<String>> own = new FutureTask<>(place::standing);
        FutureTask<Optional<String>> first = asked.compareAndExchange(null, own);
        FutureTask<Optional<String>> task = first == null ? own : first;
        if (first == null) {
            Thread.ofVirtual().name("s3ds-standing").start(own);
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            asked.compareAndSet(task, null);
            throw e.getCause() instanceof DatastoreException failure
                    ? failure
                    : new DatastoreException("the claim on " + place.inWords() + " could not be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatastoreException("interrupted while the claim on " + place.inWords() + " was read", e);
        }
    }
}
