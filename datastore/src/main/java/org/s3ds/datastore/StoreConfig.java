package org.s3ds.datastore;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A spec that was read and found right: how to open the store, and what the repo remembers of it. A store offers beyond
 * that what makes sense for it, and most need nothing of it.
 */
public interface StoreConfig {
    /**
     * The fields that must never change while the store holds data: what {@code datastore_spec} keeps of this store.
     * Keys in any order; empty for a store that keeps nothing.
     */
    Map<String, Object> diskSpec();

    /** What the user should be told about this spec, a sentence each, such as a misspelt key that is ignored. */
    default List<String> warnings() {
        return List.of();
    }

    /** Opens the store. The caller closes it. */
    Datastore open(StoreContext context) throws DatastoreException;

    /**
     * Makes the place where the store keeps its data, such as a bucket, unless it is there. Asked for by a user, before
     * a repo is made; a store whose opening makes what it needs has nothing to do here.
     *
     * @param context where there is no repo yet, so that relative paths start in the user's folder
     */
    default void createPlace(StoreContext context) throws DatastoreException {}

    /**
     * Proves, before a repo is made, that the store could be used: that its place is there and may be read. A store
     * that is found wanting at its first use has nothing to do here.
     *
     * @param context as for {@link #createPlace}
     * @return what the user should be told, a sentence each, such as that the place is not empty
     * @throws DatastoreException when it could not be used, or that could not be told; the message says what to do
     */
    default List<String> prove(StoreContext context) throws DatastoreException {
        return List.of();
    }

    /** Who alone may write where the store keeps its data; empty where that is not told to others. */
    default Optional<StoreClaims> claims() {
        return Optional.empty();
    }

    /** Who finds out whether the store works, and why not; empty where there is nobody. */
    default Optional<StoreDoctor> doctor() {
        return Optional.empty();
    }
}
