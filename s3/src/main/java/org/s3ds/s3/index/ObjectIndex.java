package org.s3ds.s3.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.StoreIndex;

/**
 * Stands between a store's operations and their requests: leaves out those whose answer is known, and takes note of
 * what the others come to. Any thread may call anything at any time.
 */
public interface ObjectIndex extends AutoCloseable {
    /** Asks the place for a value. */
    @FunctionalInterface
    interface Get {
        /** The value; empty when it is proven to be absent. */
        Optional<byte[]> get() throws DatastoreException;
    }

    /** Asks the place for the length of a value. */
    @FunctionalInterface
    interface Ask {
        /** Bytes; empty when it is proven to be absent. */
        OptionalLong ask() throws DatastoreException;
    }

    /** Changes something at the place. */
    @FunctionalInterface
    interface Act {
        /** Does it; on failure it may have happened or not. */
        void act() throws DatastoreException;
    }

    /** Changes many things at the place. */
    @FunctionalInterface
    interface ActOnAll {
        /**
         * Does it.
         *
         * @return for each key that failed why; on any other failure each may have happened or not
         */
        Map<Key, DatastoreException> act() throws DatastoreException;
    }

    /**
     * A value.
     *
     * @throws VanishedException when it must be there and is not
     */
    Optional<byte[]> get(Key key, Get get) throws DatastoreException;

    /** The length of a value. */
    OptionalLong size(Key key, Ask ask) throws DatastoreException;

    /** The place was asked without asking here, and there is nothing. */
    void absent(Key key) throws DatastoreException;

    /**
     * Stores a value.
     *
     * @param isBlock whether no other value than this can have the key
     */
    void put(Key key, long size, boolean isBlock, Act act) throws DatastoreException;

    /** Removes values. */
    Map<Key, DatastoreException> deleteAll(List<Key> keys, ActOnAll act) throws DatastoreException;

    /** All keys with their sizes, in {@link Key#BYTE_ORDER}; empty when not all are known. */
    Optional<ScanResults.Source> keys() throws DatastoreException;

    /** The place is this session's by a claim, though nothing was put or removed. */
    void held() throws DatastoreException;

    /** The place is another's now: nothing that was known counts any more. */
    void disown();

    /** What it tells of itself; empty when there is none. */
    Optional<StoreIndex> shown();

    @Override
    void close() throws DatastoreException;

    /** None: every operation is its request. */
    static ObjectIndex none() {
        return new NoIndex();
    }
}
