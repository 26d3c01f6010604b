package org.s3ds.node.migrate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.repo.DatastoreSpec;

/**
 * One of the two stores of a migration.
 *
 * @param spec its own spec, secrets included
 * @param store that spec, read and found right
 */
record Side(Map<String, @Nullable Object> spec, StoreConfig store) {
    private static final String EXCLUSIVE = "exclusive";

    static Side of(Map<String, @Nullable Object> spec, List<StoreType> types) throws IOException {
        List<StoreConfig> stores = DatastoreSpec.parse(spec, types).stores();
        if (stores.size() != 1) {
            throw new MigrationException("a store of type " + spec.get("type")
                    + " keeps nothing of its own: there is nothing" + " to move from it or to it");
        }
        return new Side(spec, stores.getFirst());
    }

    /** Where it keeps its values, in words. */
    String words() {
        return words(store);
    }

    static String words(StoreConfig store) {
        Optional<String> place = store.claims().map(StoreClaims::place);
        return place.orElseGet(
                () -> store.diskSpec().get("type") + " " + store.diskSpec().get("path"));
    }

    /** Whether requests go to a server for it. */
    boolean isAtServer() {
        return store.claims().isPresent();
    }

    /** Whether both keep their values at the same place. */
    boolean isAt(Side other) {
        return words().equals(other.words());
    }

    /** The same place with other keys of its spec, such as newer credentials. */
    Side with(Map<String, ? extends @Nullable Object> settings, List<StoreType> types) throws IOException {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(spec);
        changed.putAll(settings);
        return of(changed, types);
    }

    /** It, to be read alone, while others may have it open. */
    Datastore openToRead(Surroundings around) throws IOException {
        return store.open(around.stores().toRead()).unindexed();
    }

    /** It, to be written to by this process alone. */
    Datastore open(Surroundings around) throws IOException {
        return durable(around).open(around.stores()).unindexed();
    }

    /** What is put counts when it is on the disk, whatever the spec says for later. */
    private StoreConfig durable(Surroundings around) throws IOException {
        return spec.containsKey("sync") ? with(Map.of("sync", true), around.types()).store : store;
    }

    /**
     * Makes sure that the repo may write to the place, also where nothing is left to be put, and claims it, where its
     * spec says that nobody else writes there.
     *
     * @param opened it, open
     * @throws IOException when another repo has claimed it, or the server refuses
     */
    void hold(Surroundings around, Datastore opened) throws IOException {
        Optional<StoreClaims> claims = store.claims();
        if (claims.isEmpty()) {
            return;
        }
        if (claims.get().access().equals(EXCLUSIVE)) {
            opened.requireDeletes(Key.ROOT);
        } else {
            StoreClaims.Proposal ignored = claims.get().propose(around.stores(), around.repo());
        }
    }

    /** Gives the place up, if this repo has claimed it. */
    boolean release(Surroundings around) throws IOException {
        Optional<StoreClaims> claims = store.claims();
        return claims.isPresent() && claims.get().release(around.stores());
    }
}
