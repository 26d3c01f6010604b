package org.s3ds.datastore;

/** A datastore spec is wrong: the message names the field, what was found and what is allowed. */
public final class SpecException extends DatastoreException {
    private static final long serialVersionUID = 1L;

    /** With the sentence for the user. */
    public SpecException(String message) {
        super(message);
    }
}
