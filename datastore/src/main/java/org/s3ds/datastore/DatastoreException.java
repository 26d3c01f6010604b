package org.s3ds.datastore;

import java.io.IOException;

/**
 * A store could not do, or could not say, what it was asked. Never thrown for a key that is merely absent. The message
 * is one sentence fit for a user: operation, object, what was wrong.
 */
public class DatastoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With the sentence alone. */
    public DatastoreException(String message) {
        super(message);
    }

    /** With the sentence and what caused it. */
    public DatastoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
