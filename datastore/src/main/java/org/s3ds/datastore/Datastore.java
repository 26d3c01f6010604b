package org.s3ds.datastore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A map from {@link Key} to bytes: the datastore of IPFS (go-datastore), in Java.
 *
 * <p>The rules for every store and every combinator; each has a test in the contract suite ({@code DatastoreContract}):
 *
 * <ul>
 *   <li><b>Absence is an answer.</b> A key that is not there is an empty {@code Optional}, {@code false}, or a delete
 *       that succeeds. "Could not tell" is a {@link DatastoreException}, never absence.
 *   <li><b>A value is what was put.</b> The same bytes come back; the empty value is a value, different from absence. A
 *       put replaces. Neither side changes an array after handing it over: nobody copies.
 *   <li><b>A put that returned is seen</b> by every later call, and is durable when {@link #sync} on its key, or above
 *       it, has returned.
 *   <li><b>A listing is whole or fails.</b> {@link #query} gives every entry that was there before it began and was not
 *       deleted since, or throws: never a short list. What is put or deleted while it runs may be in it or not.
 *   <li><b>A batch shows nothing before it is committed.</b>
 *   <li><b>A key and keys below it may exist together</b> ({@code /a} and {@code /a/b}). A store that cannot says so
 *       with an exception.
 *   <li>Any thread may call anything at any time, except that a {@link Batch} and a {@link Results} belong to one
 *       thread at a time. Nothing is called after {@link #close}.
 *   <li>Calls block. An interrupted call throws, and leaves the interrupt flag set.
 * </ul>
 */
public interface Datastore extends AutoCloseable {
    /**
     * The value of a key.
     *
     * @return the bytes, not to be changed; empty when the key is absent
     */
    Optional<byte[]> get(Key key) throws DatastoreException;

    /** Whether a key is there. */
    boolean has(Key key) throws DatastoreException;

    /**
     * The length of a value.
     *
     * @return bytes, 0 or more; empty when the key is absent
     */
    OptionalLong size(Key key) throws DatastoreException;

    /**
     * The SHA-256 that the store itself keeps of a value, such as the checksum that came with it; the value is not
     * read. It tells which bytes the store was given, not whether it has them still. No index answers.
     *
     * @return empty when the key is absent, or the store keeps none of its value
     */
    default Optional<Sha256> sha256(Key key) throws DatastoreException {
        return Optional.empty();
    }

    /**
     * Of how many of the values at a key and below it the store keeps the {@link #sha256}. Asking asks nobody.
     *
     * @param prefix the key; need not exist
     */
    default Checksums checksums(Key prefix) throws DatastoreException {
        return Checksums.NONE;
    }

    /** Stores a value under a key, in place of any value there. The store may keep the array: do not change it. */
    void put(Key key, byte[] value) throws DatastoreException;

    /** Removes a key; succeeds when it is absent. Space may be freed later. */
    void delete(Key key) throws DatastoreException;

    /**
     * The entries that a query selects, in its order.
     *
     * @return a cursor that must be closed; it may read from the store while it is used
     */
    Results query(Query query) throws DatastoreException;

    /** A new, empty batch. */
    Batch batch() throws DatastoreException;

    /**
     * Makes durable what was put or deleted at a key or below it.
     *
     * @param prefix the key; need not exist; {@link Key#ROOT} means everything
     */
    void sync(Key prefix) throws DatastoreException;

    /**
     * Makes sure, now, that what is at a key or below it may be deleted on the decision of this process alone: that
     * nobody else writes there who could rest on what is deleted. Whoever deletes by what it found out before, such as
     * a garbage collector, asks this before it begins, and again while it goes on; {@link #delete} itself does not ask.
     *
     * @param prefix the key; need not exist
     * @throws AccessException when it may not; the message says why, and what to do
     * @throws DatastoreException when that could not be told, which is no leave
     */
    default void requireDeletes(Key prefix) throws DatastoreException {}

    /**
     * The space the store takes.
     *
     * @return bytes; empty when the store does not know, which is not the same as 0
     */
    OptionalLong diskUsage() throws DatastoreException;

    /**
     * The space that those stores take which hold what is at a key or below it; each of them counts whole.
     *
     * @param prefix the key; need not exist
     * @return bytes; empty when one of them does not know
     */
    default OptionalLong diskUsage(Key prefix) throws DatastoreException {
        return diskUsage();
    }

    /**
     * Where else copies of what is at a key or below it may be had, each place by itself, in the sequence in which this
     * store asks them. Asking what there is asks nobody.
     *
     * @param prefix the key; need not exist
     * @return none when there is no other place
     */
    default List<CopySource> copies(Key prefix) throws DatastoreException {
        return List.of();
    }

    /**
     * What is known, without asking, of the values at a key and below it.
     *
     * @param prefix the key; need not exist. Keys are told as this store calls them
     * @return empty when there is no index, or when more than one store holds a part
     */
    default Optional<StoreIndex> index(Key prefix) {
        return Optional.empty();
    }

    /**
     * This store for whoever must see what is there, and not what is known of it: nothing that it is asked is answered
     * by an index. It shares everything with this one; closing either closes both.
     */
    default Datastore unindexed() {
        return this;
    }

    /**
     * Where the value of a key lies, or would lie, in words for people, such as {@code the object bucket/node1/CIQ…}.
     */
    default String whereIs(Key key) {
        return "the value of " + key;
    }

    /**
     * This store for work that nobody waits for, such as collecting garbage: what is asked of it makes way for what is
     * asked of this one, where the store knows how. It shares everything with this one; closing either closes both.
     */
    default Datastore inBackground() {
        return this;
    }

    /** Releases what the store holds. The first call counts, later ones do nothing. */
    @Override
    void close() throws DatastoreException;
}
