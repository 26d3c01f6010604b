package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@link Datastore} as tests, for every store and combinator to run whole. A store that must differ
 * overrides the test and asserts the difference. The subtests of go-datastore's own suite are among them, named in
 * brackets.
 */
public abstract class DatastoreContract extends BatchContract {
    private static final int KIB = 1024;
    private static final byte[] EMPTY = {};
    /** What the times of a store may be off by. */
    private static final Duration GRAIN = Duration.ofSeconds(2);

    /** How many entries each of the four families of the query data has: 10 or more. */
    protected int elementCount() {
        return 100;
    }

    /** The element counts that the 384 combinations run on. Three for every kind of store, fewer for its variants. */
    protected List<Integer> combinationCounts() {
        return List.of(0, 1, elementCount());
    }

    /** How many keys a long listing has: enough for more than two pages, where a store lists by pages. */
    protected int longListing() {
        return 2_345;
    }

    /** [BasicPutGet]. */
    @Test
    protected void whatWasPutIsThereUntilItIsDeleted() throws DatastoreException {
        Key key = Key.of("foo");
        byte[] value = bytes("Hello Datastore!");
        store.put(key, value);
        assertHolds(key, value);
        assertHolds(key, value);
        store.delete(key);
        assertAbsent(key);
    }

    /** [NotFounds]. */
    @Test
    protected void absenceIsAnAnswer() throws DatastoreException {
        Key key = Key.of("notreal");
        assertAbsent(key);
        store.delete(key);
        assertAbsent(key);
    }

    @Test
    protected void theEmptyValueIsNotAbsence() throws DatastoreException {
        Key key = Key.of("/empty");
        store.put(key, EMPTY);
        assertHolds(key, EMPTY);
        try (Results results = store.query(Query.of(Key.ROOT))) {
            Entry entry = results.next().orElseThrow();
            assertArrayEquals(EMPTY, entry.value().orElseThrow());
            assertEquals(OptionalLong.of(0), entry.size());
        }
        store.delete(key);
        assertAbsent(key);
    }

    @Test
    protected void aPutReplaces() throws DatastoreException {
        Key key = Key.of("/replaced");
        for (byte[] value : List.of(randomBytes(100), randomBytes(7), EMPTY, randomBytes(300))) {
            store.put(key, value);
            assertHolds(key, value);
        }
        assertEquals(List.of(key), list(Query.keys(Key.ROOT)));
    }

    @Test
    protected void aValueOfTwoMebibytesComesBack() throws DatastoreException {
        Key key = Key.of("/large");
        byte[] value = randomBytes(2 * KIB * KIB);
        store.put(key, value);
        assertHolds(key, value);
    }

    @Test
    protected void anyCharacterMayStandInAKey() throws DatastoreException {
        Set<Key> keys = new LinkedHashSet<>();
        for (String name : List.of(
                "a b",
                "a+b",
                "a%2Fb",
                "日本",
                "\uD83D\uDE00",
                "\uFFFD",
                "q\"uo'te",
                "a&b<c>",
                "=",
                "c:d",
                "back\\slash",
                "#?;",
                "~",
                "UPPER",
                "upper")) {
            keys.add(Key.of("/odd/" + name));
        }
        for (Key key : keys) {
            store.put(key, bytes(key.toString()));
        }
        for (Key key : keys) {
            assertHolds(key, bytes(key.toString()));
        }
        assertEquals(sorted(keys), list(Query.keys(Key.of("/odd")).withOrders(List.of(Order.KEY))));
    }

    @Test
    protected void aKeyAndKeysBelowItExistTogether() throws DatastoreException {
        Map<Key, byte[]> values = new LinkedHashMap<>();
        for (String key : List.of("/a", "/a/b", "/a/b/c", "/a-b", "/ab")) {
            values.put(Key.of(key), bytes(key));
        }
        for (Map.Entry<Key, byte[]> each : values.entrySet()) {
            store.put(each.getKey(), each.getValue());
        }
        for (Map.Entry<Key, byte[]> each : values.entrySet()) {
            assertHolds(each.getKey(), each.getValue());
        }
        assertEquals(keys("/a/b", "/a/b/c"), sorted(list(Query.keys(Key.of("/a")))));
        store.delete(Key.of("/a"));
        assertAbsent(Key.of("/a"));
        assertEquals(keys("/a/b", "/a/b/c"), sorted(list(Query.keys(Key.of("/a")))));
    }

    /** [BasicSync]. */
    @Test
    protected void syncWorksOnAnyKey() throws DatastoreException {
        Key prefix = Key.of("/prefix");
        Key below = Key.of("/prefix/sub");
        store.sync(prefix);
        store.put(prefix, bytes("foo"));
        store.sync(prefix);
        store.put(below, bytes("bar"));
        store.sync(prefix);
        store.sync(below);
        store.sync(Key.ROOT);
        assertHolds(prefix, bytes("foo"));
        assertHolds(below, bytes("bar"));
    }

    /** [Prefix, Order, Limit, Filter, ManyKeysAndQuery, ReturnSizes]. */
    @TestFactory
    protected Stream<DynamicNode> queriesSelectAndOrder() {
        QuerySuite suite = new QuerySuite(store, elementCount(), random);
        return Stream.of(suite.over(suite.basics()));
    }

    /** [Combinations]. */
    @TestFactory
    protected Stream<DynamicNode> queriesCombine() {
        return combinationCounts().stream().map(count -> {
            QuerySuite suite = new QuerySuite(store, count, random);
            return suite.over(suite.combinations(elementCount()));
        });
    }

    @Test
    protected void aLongListingIsWhole() throws DatastoreException {
        List<Key> keys = IntStream.range(0, longListing())
                .mapToObj(i -> Key.of("/long/%05d".formatted(i)))
                .toList();
        Batch batch = store.batch();
        for (Key key : keys) {
            batch.put(key, bytes(key.base()));
        }
        batch.commit();
        assertEquals(keys, sorted(list(Query.keys(Key.of("/long")))));
        assertEquals(
                keys.size() / 2,
                list(Query.keys(Key.ROOT).withSlice(0, keys.size() / 2)).size());
        Batch deletes = store.batch();
        for (Key key : keys) {
            deletes.delete(key);
        }
        deletes.commit();
        assertEquals(List.of(), list(Query.keys(Key.ROOT)));
    }

    @Test
    protected void aListingByKeyIsTakenUpAgainBehindAnyKey() throws DatastoreException {
        List<Key> keys = sorted(IntStream.range(0, 40)
                .mapToObj(i -> Key.of("/p/" + random.nextInt(1_000) + "/" + i))
                .toList());
        for (Key key : keys) {
            store.put(key, bytes("v"));
        }
        store.put(Key.of("/o/before"), bytes("v"));
        store.put(Key.of("/q/behind"), bytes("v"));
        Query byKey = Query.keys(Key.of("/p")).withOrders(List.of(Order.KEY));
        List<Key> found = new ArrayList<>(list(byKey.withSlice(0, 7)));
        for (int size = 0; size < found.size(); ) {
            size = found.size();
            found.addAll(list(byKey.after(found.getLast()).withSlice(0, 7)));
        }
        assertEquals(keys, found);
        Key absent = keys.get(9).child("absent");
        assertEquals(keys.subList(10, 40), list(byKey.after(absent)));
        assertEquals(keys.subList(10, 40), sorted(list(Query.keys(Key.of("/p")).after(absent))));
        Query down = byKey.withOrders(List.of(Order.KEY_DESCENDING));
        assertEquals(keys.subList(10, 40).reversed(), list(down.after(absent)));
        assertEquals(keys, list(byKey.after(Key.of("/o"))));
        assertEquals(List.of(), list(byKey.after(Key.of("/q"))));
        assertEquals(keys.subList(20, 40), list(byKey.after(keys.get(19)).after(absent)));
    }

    /** Whether the store tells when values were put. */
    protected boolean knowsTimes() {
        return false;
    }

    @Test
    protected void timesAreGivenWhenAskedForOfEveryEntryOrOfNone() throws DatastoreException {
        Instant before = Instant.now();
        List<Key> keys = keys("/t/a", "/t/b", "/t/c/d");
        for (Key key : keys) {
            store.put(key, bytes("value"));
        }
        Instant after = Instant.now();
        Query below = Query.of(Key.of("/t"));
        for (Query query : List.of(below, below.onlyKeys(), below.onlyKeys().withSizes())) {
            for (Query inAnyWay : List.of(query, query.withOrders(List.of(Order.KEY)))) {
                assertEquals(List.of(), times(inAnyWay));
                List<Instant> times = times(inAnyWay.withTimes());
                assertEquals(knowsTimes() ? keys.size() : 0, times.size());
                for (Instant time : times) {
                    assertFalse(time.isBefore(before.minus(GRAIN)) || time.isAfter(after.plus(GRAIN)), time::toString);
                }
            }
        }
    }

    @Test
    @Timeout(60)
    protected void aPutOverTheSameValueRenewsTheTime() throws DatastoreException {
        Query query = Query.keys(Key.ROOT).withTimes();
        store.put(Key.of("/again"), bytes("value"));
        List<Instant> first = times(query);
        while (knowsTimes() && times(query).equals(first)) {
            store.put(Key.of("/again"), bytes("value"));
        }
        assertEquals(knowsTimes() ? 1 : 0, times(query).size());
    }

    private List<Instant> times(Query query) throws DatastoreException {
        try (Results results = store.query(query)) {
            return results.rest().stream()
                    .flatMap(entry -> entry.modified().stream())
                    .toList();
        }
    }

    @Test
    protected void resultsMayBeClosedEarlyAndTwice() throws DatastoreException {
        for (String key : List.of("/a", "/b", "/c")) {
            store.put(Key.of(key), bytes(key));
        }
        Results unread = store.query(Query.of(Key.ROOT));
        unread.close();
        unread.close();
        Results started = store.query(Query.of(Key.ROOT).withOrders(List.of(Order.VALUE)));
        assertEquals(Optional.of(Key.of("/a")), started.next().map(Entry::key));
        started.close();
        started.close();
        assertEquals(3, list(Query.keys(Key.ROOT)).size());
    }

    @Test
    protected void aListingGivesWhatWasThereAndStayed() throws DatastoreException {
        for (int i = 0; i < 50; i++) {
            store.put(Key.of("/stays/" + i), EMPTY);
            store.put(Key.of("/goes/" + i), EMPTY);
        }
        Set<Key> found = new LinkedHashSet<>();
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            found.add(results.next().orElseThrow().key());
            for (int i = 0; i < 50; i++) {
                store.delete(Key.of("/goes/" + i));
                store.put(Key.of("/comes/" + i), EMPTY);
            }
            results.rest().forEach(entry -> assertTrue(found.add(entry.key()), "twice: " + entry));
        }
        found.removeIf(key -> !Key.of("/stays").isAncestorOf(key));
        assertEquals(50, found.size());
    }

    @Test
    protected void manyThreadsMayUseItAtOnce() throws Exception {
        List<Key> keys = IntStream.range(0, 200).mapToObj(i -> Key.of("/k" + i)).toList();
        Map<Key, byte[]> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, randomBytes(1 + random.nextInt(5_000))));
        Together.each(keys, key -> {
            byte[] value = values.getOrDefault(key, EMPTY);
            store.put(key, value);
            assertHolds(key, value);
            store.put(key.child("below"), value);
            store.delete(key);
            assertAbsent(key);
            assertEquals(List.of(key.child("below")), list(Query.keys(key)));
        });
        assertEquals(keys.size(), list(Query.keys(Key.ROOT)).size());
    }

    @Test
    protected void anInterruptedCallThrowsOrCompletesAndTheFlagStays() throws DatastoreException {
        Key key = Key.of("/interrupted");
        byte[] value = bytes("value");
        store.put(key, value);
        interrupted(() -> store.get(key)).ifPresent(found -> assertArrayEquals(value, found.orElseThrow()));
        interrupted(() -> store.has(key)).ifPresent(found -> assertEquals(true, found));
        interrupted(() -> store.size(key)).ifPresent(size -> assertEquals(OptionalLong.of(value.length), size));
        interrupted(() -> list(Query.keys(Key.ROOT))).ifPresent(keys -> assertEquals(List.of(key), keys));
        Key abandoned = Key.of("/new");
        interrupted(() -> put(abandoned, value));
        interrupted(() -> putInBatch(abandoned, value));
        interrupted(store::diskUsage);
        store.put(key, value);
        assertHolds(key, value);
        // what was abandoned may be carried out later, so that nobody can say when it is gone
        List<Key> keys = new ArrayList<>(list(Query.keys(Key.ROOT)));
        keys.remove(abandoned);
        assertEquals(List.of(key), keys);
    }

    @Test
    protected void inBackgroundItIsTheSameStore() throws DatastoreException {
        Datastore view = store.inBackground();
        Key key = Key.of("/put");
        byte[] value = randomBytes(KIB);
        view.put(key, value);
        assertHolds(key, value);
        assertArrayEquals(value, view.get(key).orElseThrow());
        assertEquals(OptionalLong.of(KIB), view.size(key));
        Batch batch = view.batch();
        batch.put(Key.of("/batched"), value);
        batch.delete(key);
        batch.commit();
        assertAbsent(key);
        assertEquals(false, view.has(key));
        try (Results results = view.query(Query.keys(Key.ROOT))) {
            assertEquals(
                    List.of(Key.of("/batched")),
                    results.rest().stream().map(Entry::key).toList());
        }
        view.delete(Key.of("/batched"));
        view.sync(Key.ROOT);
        assertEquals(List.of(), list(Query.keys(Key.ROOT)));
        view.close();
    }

    @Test
    protected void aKeptChecksumIsThatOfTheValueThatIsThere() throws Exception {
        Key key = Key.of("/a");
        for (int i = 0; i < 2; i++) {
            byte[] value = randomBytes(KIB);
            store.put(key, value);
            Sha256 right = Sha256.of(MessageDigest.getInstance("SHA-256").digest(value));
            assertEquals(right, store.sha256(key).orElse(right));
            assertEquals(store.sha256(key), store.inBackground().sha256(key));
        }
        store.delete(key);
        assertEquals(Optional.empty(), store.sha256(key));
    }

    @Test
    protected void diskUsageIsKnownOrNot() throws DatastoreException {
        store.put(Key.of("/a"), randomBytes(KIB));
        assertTrue(store.diskUsage().orElse(0) >= 0);
    }

    @Test
    protected void itMayBeClosedTwice() throws DatastoreException {
        store.close();
        store.close();
    }

    /** What a call made with the interrupt flag set gave; empty when it threw. Clears the flag, which must be set. */
    private static <T> Optional<T> interrupted(Callable<T> call) {
        Thread.currentThread().interrupt();
        try {
            return Optional.of(call.call());
        } catch (DatastoreException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new AssertionError("an interrupted call may only throw DatastoreException", e);
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt flag is still set");
        }
    }

    private boolean putInBatch(Key key, byte[] value) throws DatastoreException {
        Batch batch = store.batch();
        batch.put(key, value);
        batch.commit();
        return true;
    }

    private boolean put(Key key, byte[] value) throws DatastoreException {
        store.put(key, value);
        return true;
    }
}
