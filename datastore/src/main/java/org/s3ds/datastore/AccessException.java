package org.s3ds.datastore;

/**
 * A write or a delete that was refused because of who may change what the store keeps: another one holds it, or may
 * write there too, or nobody may change it. Nothing was changed.
 */
public class AccessException extends DatastoreException {
    private static final long serialVersionUID = 1L;

    /** With the whole sentence: what is refused, why, and what to do. */
    public AccessException(String message) {
        super(message);
    }

    /** With the sentence and what caused it. */
    public AccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
