package org.s3ds.datastore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table on this machine: keys in order, each with a few bytes that mean nothing to the table, small enough for a
 * thousand million keys. What a store knows of its values goes there, such as their sizes. Beside the entries it has a
 * list of keys that something is about to happen to, and a few records by name.
 *
 * <p>Any thread may call anything at any time, except that a {@link Scan} belongs to one at a time, and is closed
 * before the table.
 */
public interface KeyTable extends AutoCloseable {
    /** The bytes of a key, not to be changed; null when there is none. */
    byte @Nullable [] get(Key key) throws DatastoreException;

    /** The bytes of a record; empty when there is none of that name. */
    Optional<byte[]> record(String name) throws DatastoreException;

    /** The keys that were noted as about to change, and not taken back; in any sequence. */
    List<Key> intents() throws DatastoreException;

    /**
     * Makes all of some changes, or none. On return they are seen by everybody, and survive the end of the process, but
     * not of the machine: that takes {@link #sync}.
     */
    void write(TableChanges changes) throws DatastoreException;

    /** Makes what was written before survive the end of the machine. */
    void sync() throws DatastoreException;

    /**
     * The entries as they are at this moment, in {@link Key#BYTE_ORDER}.
     *
     * @param after where to begin: behind this key, which need not be there
     */
    Scan scan(Optional<Key> after) throws DatastoreException;

    /**
     * Whether what was written by an earlier process is missing: the table is as it was at some moment before, or
     * empty. Stays so from session to session until the first {@link #write}, which is to note what follows from it.
     */
    boolean hasLostWrites();

    /** Bytes on disk; empty when that is not known. */
    OptionalLong diskUsage() throws DatastoreException;

    /**
     * Ends it; without {@link #sync} nothing is lost but by the end of the machine. What is asked of it afterwards is
     * an error; ending it once more is nothing.
     */
    @Override
    void close() throws DatastoreException;

    /** Entries, one after the other. */
    interface Scan extends AutoCloseable {
        /** Goes to the next entry; false at the end. */
        boolean next() throws DatastoreException;

        /** The key of this entry. */
        Key key();

        /** Its bytes, not to be changed. */
        byte[] value();

        @Override
        void close();
    }
}
