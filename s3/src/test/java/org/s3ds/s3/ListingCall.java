package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** Whoever lists, and the right answer of a bucket with the keys K00 to K11. */
enum ListingCall {
    /** In any sequence; the server is near, so page after page. */
    ANY_SEQUENCE,
    /** In any sequence; the server is far, so by ranges. */
    RANGES,
    /** By key. */
    BY_KEY,
    /** Sorted here. */
    DESCENDING,
    /** With values, which are fetched ahead. */
    VALUES,
    /** With a limit, and without an order. */
    LIMITED,
    /** By key, and taken up again behind one. */
    AFTER_A_KEY,
    /** For what makes way for others. */
    IN_BACKGROUND,
    /** The listing behind the first 404 to HEAD. */
    PROOF,
    /** The look into a bucket before a repo is made in it. */
    PROBE;

    static final int KEYS = 12;

    private static final Query ALL = Query.keys(Key.ROOT).withSizes();
    private static final Query BY_KEYS = ALL.withOrders(List.of(Order.KEY));

    /** Puts there what the calls look for. */
    static void fill(MemoryBucket bucket) {
        keys(0, KEYS).forEach(key -> bucket.put("node1" + key, "value"));
    }

    /** Which of its listing's requests is the first to meet the fault. */
    int firstFaulty() {
        return switch (this) {
            case PROOF, PROBE -> 1;
            // three pages alone, one as proof that there can be ranges
            case RANGES -> Listing.PAGES_ALONE + 2;
            default -> 2;
        };
    }

    /** Whether it looks at one page only. */
    boolean isOnePage() {
        return this == PROOF || this == PROBE;
    }

    /** Whether an order that is not kept is an error to it. */
    boolean mindsOrder() {
        return this == RANGES || this == BY_KEY || this == AFTER_A_KEY;
    }

    LookedAtTime time() {
        return this == RANGES ? LookedAtTime.far() : LookedAtTime.near();
    }

    /** Asks, and fails when the answer is not the right one. */
    void run(Datastore store, S3Config config) throws DatastoreException {
        switch (this) {
            case ANY_SEQUENCE, RANGES -> assertEquals(keys(0, KEYS), sorted(list(store, ALL)));
            case BY_KEY -> assertEquals(keys(0, KEYS), list(store, BY_KEYS));
            case DESCENDING ->
                assertEquals(keys(0, KEYS).reversed(), list(store, ALL.withOrders(List.of(Order.KEY_DESCENDING))));
            case VALUES -> assertEquals(keys(0, KEYS), sorted(list(store, Query.of(Key.ROOT))));
            case LIMITED -> assertEquals(9, list(store, ALL.withSlice(1, 9)).size());
            case AFTER_A_KEY -> assertEquals(keys(2, KEYS), list(store, BY_KEYS.after(Key.of("K01"))));
            case IN_BACKGROUND -> assertEquals(keys(0, KEYS), sorted(list(store.inBackground(), ALL)));
            case PROOF -> assertFalse(store.has(Key.of("absent")));
            case PROBE -> {
                try (S3Probe probe = new S3Probe(config, TestServer.context(Metrics.none()))) {
                    assertFalse(probe.isEmpty());
                }
            }
        }
    }

    private static List<Key> keys(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Key.of("K%02d".formatted(i)))
                .toList();
    }

    private static List<Key> sorted(List<Key> keys) {
        return keys.stream().sorted(Key.BYTE_ORDER).toList();
    }

    /** A listing that failed goes on failing: nobody takes it for its end. */
    private static List<Key> list(Datastore store, Query query) throws DatastoreException {
        List<Key> keys = new ArrayList<>();
        try (Results results = store.query(query)) {
            try {
                for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                    keys.add(entry.get().key());
                }
            } catch (DatastoreException e) {
                assertThrows(DatastoreException.class, results::next);
                throw e;
            }
        }
        return keys;
    }
}
