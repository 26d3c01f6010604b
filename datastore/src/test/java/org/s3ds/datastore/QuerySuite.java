package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * The queries of go-datastore's suite against one laying of its data: {@code 4 * count} entries in four families, laid
 * once, asked every query, and deleted. What must come is worked out here by hand, from the rules of {@link Query}.
 */
final class QuerySuite {
    private static final int VALUE_SIZE = 64;

    private final Datastore store;
    private final int count;
    private final Random random;
    private final List<Entry> data;

    QuerySuite(Datastore store, int count, Random random) {
        this.store = store;
        this.count = count;
        this.random = random;
        this.data = Stream.of("/%dkey%d", "/prefix/%dkey%d", "/prefix/sub/%dkey%d", "/capital/%dKEY%d")
                .flatMap(family -> IntStream.range(0, count).mapToObj(i -> Key.of(family.formatted(i, i))))
                .map(key -> Entry.of(key, randomValue()))
                .toList();
    }

    /** Lays the data, runs the queries on it, deletes it. */
    DynamicContainer over(Stream<? extends DynamicNode> queries) {
        DynamicTest lay = dynamicTest("lay " + data.size() + " entries", this::lay);
        DynamicTest clear = dynamicTest("delete them", this::clear);
        return dynamicContainer(
                count + " of each",
                Stream.of(Stream.of(lay), queries, Stream.of(clear)).flatMap(part -> part));
    }

    /** The subtests of the basic suite. */
    Stream<DynamicNode> basics() {
        return Stream.of(
                container("Prefix", prefixes()),
                container("Order", orders()),
                container("Limit", slices()),
                container("Filter", filters()),
                container("ManyKeysAndQuery", Stream.of(Query.keys(Key.ROOT))),
                container(
                        "ReturnSizes",
                        Stream.of(all().withSizes(), all().onlyKeys().withSizes())));
    }

    /** The product of offsets, limits, filters, orders and prefixes; offsets and limits are parts of {@code n}. */
    Stream<DynamicTest> combinations(int n) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int offset : new int[] {0, n / 10, n - 5, n}) {
            for (int limit : new int[] {0, 1, n / 10, n}) {
                for (Filter filter : List.of(keyIs("/0key0"), keyBelow("/2"))) {
                    for (List<Order> orders : combinedOrders()) {
                        for (String prefix : List.of("", "/prefix", "/0")) {
                            tests.add(test(Query.of(Key.of(prefix))
                                    .withFilters(List.of(filter))
                                    .withOrders(orders)
                                    .withSlice(offset, limit)));
                        }
                    }
                }
            }
        }
        return tests.stream();
    }

    private static List<List<Order>> combinedOrders() {
        return List.of(
                List.of(Order.KEY),
                List.of(Order.KEY_DESCENDING),
                List.of(Order.VALUE, Order.KEY),
                List.of(ownOrder()));
    }

    private static Stream<Query> prefixes() {
        return Stream.of(
                        "", "/", "/./", "/.././/", "/prefix/../", "/prefix", "/prefix/", "/prefix/sub/", "/0/", "/bad/")
                .map(prefix -> Query.of(Key.of(prefix)));
    }

    private static Stream<Query> orders() {
        return Stream.of(
                        List.of(Order.KEY),
                        List.of(Order.KEY_DESCENDING),
                        List.of(Order.VALUE),
                        List.of(Order.VALUE_DESCENDING),
                        List.of(Order.VALUE, Order.KEY),
                        List.of(ownOrder()),
                        List.of(byFirstLetters(), Order.KEY_DESCENDING))
                .map(all()::withOrders);
    }

    private Stream<Query> slices() {
        int n = count;
        int[][] slices = {
            {0, n / 10}, {0, 0}, {n / 10, 0}, {n / 10, n / 10}, {n / 10, n / 5}, {n / 2, n / 5},
            {n - 1, n / 5}, {2 * n, n / 5}, {2 * n, 0}, {n - 1, 0}, {n - 5, 0}, {4 * n + 1, 1}
        };
        Query byKey = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY));
        return Stream.of(slices).map(slice -> byKey.withSlice(slice[0], slice[1]));
    }

    private Stream<Query> filters() {
        return Stream.<List<Filter>>of(
                        List.of(keyIs("/0key0")),
                        List.of(keyBelow("/2")),
                        List.of(new Filter.ByKeyPrefix("/0key0")),
                        List.of(new Filter.ByKeyPrefix("/prefix/"), keyBelow("/prefix/5")),
                        List.of(new Filter.ByValue(Filter.Comparison.LESS, randomValue())),
                        List.of(new EvenLength()))
                .map(all()::withFilters);
    }

    private DynamicNode container(String name, Stream<Query> queries) {
        return dynamicContainer(name, queries.map(this::test));
    }

    private DynamicTest test(Query query) {
        return dynamicTest(query.toString(), () -> check(query));
    }

    private void lay() throws Exception {
        Together.each(data, entry -> store.put(entry.key(), valueOf(entry)));
        Together.each(
                data,
                entry ->
                        assertArrayEquals(valueOf(entry), store.get(entry.key()).orElseThrow(), entry::toString));
    }

    private void clear() throws DatastoreException {
        Batch batch = store.batch();
        for (Entry entry : data) {
            batch.delete(entry.key());
        }
        batch.commit();
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            assertEquals(List.of(), results.rest());
        }
    }

    private void check(Query query) throws DatastoreException {
        try (Results results = store.query(query)) {
            assertEquals(query, results.query());
            assertSame(query, expected(query), results.rest());
            assertEquals(true, results.next().isEmpty(), "the end stays the end");
        }
        try (Results results = store.query(query)) {
            assertEquals(expected(query).isEmpty(), results.next().isEmpty(), "closed after the first entry");
        }
    }

    private List<Entry> expected(Query query) {
        return data.stream()
                .map(entry -> query.keysOnly() ? Entry.ofSize(entry.key(), VALUE_SIZE) : entry)
                .filter(entry -> query.prefix().isAncestorOf(entry.key()))
                .filter(entry -> query.filters().stream().allMatch(filter -> filter.keeps(entry)))
                .sorted(Order.all(query.orders()))
                .skip(query.offset())
                .limit(query.limit() == 0 ? Long.MAX_VALUE : query.limit())
                .toList();
    }

    private static void assertSame(Query query, List<Entry> expected, List<Entry> found) {
        List<Entry> inOrder =
                query.orders().isEmpty() ? found.stream().sorted(Order.KEY).toList() : found;
        assertEquals(keysOf(expected), keysOf(inOrder));
        for (int i = 0; i < expected.size(); i++) {
            Entry entry = inOrder.get(i);
            if (!query.keysOnly()) {
                assertArrayEquals(valueOf(expected.get(i)), valueOf(entry), entry::toString);
            }
            if (query.sizes() || !query.keysOnly()) {
                assertEquals(VALUE_SIZE, entry.size().orElseThrow(), entry::toString);
            }
        }
    }

    private static List<Key> keysOf(List<Entry> entries) {
        return entries.stream().map(Entry::key).toList();
    }

    private static byte[] valueOf(Entry entry) {
        return entry.value().orElseThrow();
    }

    private byte[] randomValue() {
        byte[] value = new byte[VALUE_SIZE];
        random.nextBytes(value);
        return value;
    }

    private static Query all() {
        return Query.of(Key.ROOT);
    }

    private static Filter keyIs(String key) {
        return new Filter.ByKey(Filter.Comparison.EQUAL, Key.of(key));
    }

    private static Filter keyBelow(String key) {
        return new Filter.ByKey(Filter.Comparison.LESS, Key.of(key));
    }

    /** By value as {@link Order#VALUE}, but nothing a store could know. */
    private static Order ownOrder() {
        return (a, b) -> Order.VALUE.compare(a, b);
    }

    /** Looks at the key, so that a combinator that hands on its child's keys is caught. */
    private static Order byFirstLetters() {
        return (a, b) ->
                a.key().toString().substring(0, 2).compareTo(b.key().toString().substring(0, 2));
    }

    /** Keeps keys of even length: nothing a store could know. */
    private record EvenLength() implements Filter {
        @Override
        public boolean keeps(Entry entry) {
            return entry.key().toString().length() % 2 == 0;
        }
    }
}
