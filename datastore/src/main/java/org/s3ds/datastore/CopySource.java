package org.s3ds.datastore;

import java.util.Optional;

/** A place beside a store that may have copies of what is in it, and is only ever read. Any thread may ask. */
@FunctionalInterface
public interface CopySource {
    /**
     * A copy of a value, which may be any bytes: whoever asks makes sure that they are the right ones.
     *
     * @param key as the store calls it that gave this source
     * @return empty when there is none here
     */
    Optional<byte[]> get(Key key) throws DatastoreException;
}
