package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The query samples of go-datastore, and when a source is read and closed. */
final class ScanResultsTest {
    private static final List<String> KEYS =
            List.of("/ab/c", "/ab/cd", "/ab/ef", "/ab/fg", "/a", "/abce", "/abcf", "/ab");
    private static final Query ALL = Query.of(Key.ROOT);

    private final CountingSource source = new CountingSource();

    @Test
    void limitGivesTheFirst() throws DatastoreException {
        assertGives(ALL.withSlice(0, 2), "/ab/c", "/ab/cd");
    }

    @Test
    void offsetComesBeforeLimit() throws DatastoreException {
        assertGives(ALL.withSlice(3, 2), "/ab/fg", "/a");
    }

    @Test
    void prefixSelectsStrictChildren() throws DatastoreException {
        assertGives(Query.of(Key.of("/ab")), "/ab/c", "/ab/cd", "/ab/ef", "/ab/fg");
    }

    @Test
    void keysAreCompared() throws DatastoreException {
        assertGives(filtered(new Filter.ByKey(Filter.Comparison.EQUAL, Key.of("/ab"))), "/ab");
        assertGives(
                filtered(new Filter.ByKey(Filter.Comparison.GREATER, Key.of("/ab"))),
                "/ab/c",
                "/ab/cd",
                "/ab/ef",
                "/ab/fg",
                "/abce",
                "/abcf");
        assertGives(filtered(new Filter.ByKey(Filter.Comparison.LESS_OR_EQUAL, Key.of("/ab"))), "/a", "/ab");
        assertGives(
                filtered(new Filter.ByKey(Filter.Comparison.NOT_EQUAL, Key.of("/ab")), new Filter.ByKeyPrefix("/abc")),
                "/abce",
                "/abcf");
    }

    @Test
    void aKeyPrefixFilterIsAnyText() throws DatastoreException {
        assertGives(filtered(new Filter.ByKeyPrefix("/a")), KEYS.toArray(String[]::new));
        assertGives(filtered(new Filter.ByKeyPrefix("/ab/")), "/ab/c", "/ab/cd", "/ab/ef", "/ab/fg");
    }

    @Test
    void ordersSort() throws DatastoreException {
        List<String> sorted = List.of("/a", "/ab", "/ab/c", "/ab/cd", "/ab/ef", "/ab/fg", "/abce", "/abcf");
        assertGives(ALL.withOrders(List.of(Order.KEY)), sorted.toArray(String[]::new));
        assertGives(
                ALL.withOrders(List.of(Order.KEY_DESCENDING)), sorted.reversed().toArray(String[]::new));
    }

    @Test
    void everythingAtOnce() throws DatastoreException {
        assertGives(Query.of(Key.of("/ab")).withOrders(List.of(Order.KEY)).withSlice(1, 2), "/ab/cd", "/ab/ef");
    }

    @Test
    void aQueryPrintsAsInGo() {
        assertEquals("SELECT keys,vals", ALL.toString());
        assertEquals(
                "SELECT keys FROM \"/a\" FILTER [KEY < \"/2\", PREFIX(\"/x\"), VALUE == 0a] ORDER [desc(KEY), FN] OFFSET 3 LIMIT 2",
                Query.keys(Key.of("/a"))
                        .withFilters(List.of(
                                new Filter.ByKey(Filter.Comparison.LESS, Key.of("/2")),
                                new Filter.ByKeyPrefix("/x"),
                                new Filter.ByValue(Filter.Comparison.EQUAL, new byte[] {10})))
                        .withOrders(List.of(Order.KEY_DESCENDING, (_, _) -> 0))
                        .withSlice(3, 2)
                        .toString());
    }

    @Test
    void valuesGoWhenOnlyKeysAreWantedAndFiltersSeeNone() throws DatastoreException {
        Filter empty = new Filter.ByValue(Filter.Comparison.EQUAL, new byte[0]);
        Entry entry = ScanResults.of(filtered(empty).onlyKeys(), source).next().orElseThrow();
        assertEquals(Optional.empty(), entry.value());
        assertEquals(1, entry.size().orElseThrow());
    }

    @Test
    void withoutOrdersOnlyWhatIsGivenIsRead() throws DatastoreException {
        Results results = ScanResults.of(ALL, source);
        results.next();
        assertEquals(1, source.read);
        results.close();
        assertThrows(IllegalStateException.class, results::next);
    }

    @Test
    void theSourceIsClosedOnceWhenTheLimitIsReached() throws DatastoreException {
        Results results = ScanResults.of(ALL.withSlice(0, 2), source);
        results.rest();
        assertEquals(2, source.read);
        assertEquals(1, source.closed);
        results.close();
        results.close();
        assertEquals(1, source.closed);
        assertEquals(Optional.empty(), results.next());
    }

    @Test
    void theSourceIsClosedOnceAtTheEnd() throws DatastoreException {
        Results results = ScanResults.of(ALL.withOrders(List.of(Order.VALUE)), source);
        results.rest();
        results.close();
        assertEquals(1, source.closed);
    }

    @Test
    void aFailureStaysAFailure() {
        DatastoreException failure = new DatastoreException("page 2 is missing");
        Results results = ScanResults.of(ALL, () -> {
            throw failure;
        });
        assertSame(failure, assertThrows(DatastoreException.class, results::next));
        assertSame(failure, assertThrows(DatastoreException.class, results::next));
    }

    private static Query filtered(Filter... filters) {
        return ALL.withFilters(List.of(filters));
    }

    private void assertGives(Query query, String... keys) throws DatastoreException {
        try (Results results = ScanResults.of(query, new CountingSource())) {
            assertEquals(
                    List.of(keys),
                    results.rest().stream().map(entry -> entry.key().toString()).toList());
        }
    }

    /** The sample keys, each with one byte. */
    private static final class CountingSource implements ScanResults.Source {
        private final Iterator<Entry> entries = Stream.iterate(0, i -> i < KEYS.size(), i -> i + 1)
                .map(i -> Entry.of(Key.of(KEYS.get(i)), new byte[] {i.byteValue()}))
                .iterator();
        private int read;
        private int closed;

        @Override
        public Optional<Entry> next() {
            if (!entries.hasNext()) {
                return Optional.empty();
            }
            read++;
            return Optional.of(entries.next());
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
