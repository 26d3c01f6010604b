package org.s3ds.s3;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.s3ds.datastore.DatastoreException;

/** Waits for work on another thread, and fails as that work failed. */
final class Awaited {
    private Awaited() {}

    /**
     * The result of a task.
     *
     * @param doing what was being done, for the message of a failure that has none: {@code the listing}
     * @throws DatastoreException the task's own, or that this thread was interrupted, whose flag is then set
     */
    static <T> T result(Future<T> task, String doing) throws DatastoreException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatastoreException failure) {
                throw failure;
            }
            throw new DatastoreException(doing + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatastoreException(doing + " was interrupted", e);
        }
    }
}
