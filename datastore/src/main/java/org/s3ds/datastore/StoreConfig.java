package org.s3ds.datastore;

import java.util.List;
import java.util.Map;

/** A spec that was read and found right: how to open the store, and what the repo remembers of it. */
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
}
