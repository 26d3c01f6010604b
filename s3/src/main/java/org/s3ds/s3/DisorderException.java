package org.s3ds.s3;

import org.s3ds.datastore.DatastoreException;

/** A server lists names in an order by which ranges cannot be told apart. */
final class DisorderException extends DatastoreException {
    private static final long serialVersionUID = 1L;

    DisorderException(String message) {
        super(message);
    }
}
