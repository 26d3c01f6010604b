package org.s3ds.s3.index;

import org.s3ds.datastore.DatastoreException;

/** A value was stored by this repo, which alone deletes at its place, and is there no more. */
public final class VanishedException extends DatastoreException {
    private static final long serialVersionUID = 1L;

    /** @param where the object, in words */
    VanishedException(String where) {
        super(where + " vanished from the bucket: it was stored, and this repo did not delete it; look for a lifecycle"
                + " rule, or for somebody who deletes there by hand, and store it anew");
    }
}
