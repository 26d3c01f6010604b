package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test with a store of its own, and what is often asked of one. Random values come from a seed that is printed;
 * {@code -Ds3ds.seed=N} repeats it.
 */
public abstract class StoreTest {
    private static final long SEED = Long.getLong("s3ds.seed", System.nanoTime());

    static {
        System.out.println("datastore contract: -Ds3ds.seed=" + SEED);
    }

    /** The store under test: new and empty for every test. */
    protected Datastore store;

    /** Values, the same ones for the same seed. */
    protected Random random;

    /** A new, empty store; the suite closes it. */
    protected abstract Datastore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        random = new Random(SEED);
        store = open();
    }

    @AfterEach
    void closeStore() throws DatastoreException {
        store.close();
    }

    /** Asserts that a key is there with a value, by all three ways of asking. */
    protected final void assertHolds(Key key, byte[] value) throws DatastoreException {
        assertTrue(store.has(key), () -> "has " + key);
        assertEquals(OptionalLong.of(value.length), store.size(key), () -> "size of " + key);
        assertArrayEquals(value, store.get(key).orElseThrow(), () -> "value of " + key);
    }

    /** Asserts that a key is not there, by all three ways of asking. */
    protected final void assertAbsent(Key key) throws DatastoreException {
        assertFalse(store.has(key), () -> "has " + key);
        assertEquals(OptionalLong.empty(), store.size(key), () -> "size of " + key);
        assertTrue(store.get(key).isEmpty(), () -> "value of " + key);
    }

    /** The keys a query gives, in its sequence. */
    protected final List<Key> list(Query query) throws DatastoreException {
        try (Results results = store.query(query)) {
            return results.rest().stream().map(Entry::key).toList();
        }
    }

    /** Random bytes. */
    protected final byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static List<Key> keys(String... keys) {
        return Stream.of(keys).map(Key::of).toList();
    }

    static List<Key> sorted(Iterable<Key> keys) {
        List<Key> sorted = new ArrayList<>();
        keys.forEach(sorted::add);
        sorted.sort(Key.BYTE_ORDER);
        return sorted;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
