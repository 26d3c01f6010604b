package org.s3ds.datastore;

/** A write or a delete that was refused because the store is for reading alone: nothing was sent, nothing changed. */
public final class ReadOnlyException extends AccessException {
    private static final long serialVersionUID = 1L;

    /** With the whole sentence: what is read-only, why, and what to do. */
    public ReadOnlyException(String message) {
        super(message);
    }
}
