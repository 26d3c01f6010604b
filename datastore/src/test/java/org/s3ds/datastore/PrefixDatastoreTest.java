package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PrefixDatastoreTest extends DatastoreContract {
    private final MemoryDatastore child = new MemoryDatastore();
    private final PrefixDatastore prefixed = new PrefixDatastore(Key.of("/ns"), child);

    /** With neighbours outside the prefix, which must never be seen. */
    @Override
    protected Datastore open() {
        for (String neighbour : List.of("/ns", "/nsx/a", "/n", "/z/ns/a")) {
            child.put(Key.of(neighbour), new byte[] {1});
        }
        return prefixed;
    }

    @Test
    void keysLieBelowThePrefixInTheChild() throws DatastoreException {
        prefixed.put(Key.of("/a/b"), new byte[] {7});
        assertArrayEquals(new byte[] {7}, child.get(Key.of("/ns/a/b")).orElseThrow());
    }

    @Test
    void aKeyThatHasThePrefixAlreadyIsNotPrefixedAgain() throws DatastoreException {
        prefixed.put(Key.of("/ns/a"), new byte[] {7});
        assertHolds(Key.of("/a"), new byte[] {7});
        assertEquals(List.of(Key.of("/a")), list(Query.keys(Key.ROOT)));
    }

    @Test
    void theRootIsThePrefixItself() throws DatastoreException {
        assertHolds(Key.ROOT, new byte[] {1});
    }

    @Test
    void aKeyPrefixFilterKeepsItsLastSlash() throws DatastoreException {
        prefixed.put(Key.of("/ab/c"), new byte[] {1});
        prefixed.put(Key.of("/abc"), new byte[] {1});
        assertEquals(
                List.of(Key.of("/ab/c")),
                list(Query.keys(Key.ROOT).withFilters(List.of(new Filter.ByKeyPrefix("/ab/")))));
    }

    @Test
    void theRootAsPrefixChangesNothing() throws DatastoreException {
        PrefixDatastore same = new PrefixDatastore(Key.ROOT, new MemoryDatastore());
        same.put(Key.of("/a"), new byte[] {1});
        Query query = Query.keys(Key.ROOT).withFilters(List.of(new Filter.ByKeyPrefix("/a")));
        assertEquals(Key.of("/a"), same.query(query).next().orElseThrow().key());
    }
}
