package org.s3ds.s3;

import java.util.Optional;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.index.Ownership;

/** Whether a store may write to its place, and delete there on its own decision. Any thread may ask at any time. */
interface Tenure {
    /**
     * Returns when the store may write.
     *
     * @throws AccessException when it may not
     */
    void require() throws DatastoreException;

    /**
     * Returns when what this repo does not need may be deleted, as was found out after this was called.
     *
     * @throws AccessException when it may not
     */
    void requireNow() throws DatastoreException;

    /** The claim by which the place is this session's; empty when it has none, or none yet, or lost it. */
    default Optional<Ownership> held() {
        return Optional.empty();
    }

    /** Looks out for others. */
    @FunctionalInterface
    interface Watch {
        /**
         * Returns when nobody else has made the place its own.
         *
         * @throws AccessException when somebody has
         */
        void require() throws DatastoreException;
    }

    /**
     * Beside others: every write is sent, nothing is deleted for not being needed here.
     *
     * @param watch asked before a write
     */
    static Tenure shared(String place, Watch watch) {
        return new Tenure() {
            @Override
            public void require() throws DatastoreException {
                watch.require();
            }

            @Override
            public void requireNow() throws AccessException {
                throw new AccessException(place + " may be another repo's as well, as its spec does not say \"access\":"
                        + " \"exclusive\", so nothing is deleted there because this repo does not need it; if no other"
                        + " repo or node writes there, make it this one's with \"s3ds claim take\"");
            }
        };
    }
}
