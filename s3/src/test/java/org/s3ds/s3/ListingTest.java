package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** Long listings, by many ranges at once and page after page, from servers that list rightly and wrongly. */
final class ListingTest {
    private static final int NAMES = 12_000;
    private static final int PAGES = NAMES / S3Bucket.PAGE;
    private static final Query ALL = Query.keys(Key.ROOT);
    private static final Query BY_KEY = ALL.withOrders(List.of(Order.KEY));

    private final NamesServer server = serving();
    private final Datastore store = open();

    private static NamesServer serving() {
        try {
            return new NamesServer(
                    IntStream.range(0, NAMES).mapToObj(RangePlanTest::sha256).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Datastore open() {
        try {
            return LookedAtTime.far().open(server.server().config("", ""), Metrics.none());
        } catch (DatastoreException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() throws DatastoreException {
        store.close();
        server.close();
    }

    @Test
    void everyKeyComesOnceWithManyPagesAskedForAtOnce() throws DatastoreException {
        assertWhole(ALL);
        assertTrue(server.requests() <= 2 * PAGES + 8, () -> server.requests() + " requests");
        assertEquals(NAMES, list(BY_KEY).size());
    }

    @Test
    void aServerThatIsNearIsListedPageAfterPage() throws DatastoreException {
        try (Datastore near = LookedAtTime.near().open(server.server().config("", ""), Metrics.none());
                Results results = near.query(ALL)) {
            assertEquals(NAMES, results.rest().size());
        }
        assertEquals(PAGES, server.requests());
    }

    @Test
    void byKeyOrWithALimitNoPageIsAskedForThatIsNotNeeded() throws DatastoreException {
        assertEquals(NAMES, list(BY_KEY).size());
        assertEquals(PAGES, server.requests());
        assertEquals(6_000, list(ALL.withSlice(500, 6_000)).size());
        assertEquals(PAGES + 7, server.requests());
        List<Key> keys = list(BY_KEY.after(Key.of("CIQ2")).withSlice(0, 2_000));
        assertEquals(2_000, keys.size());
        assertEquals(PAGES + 9, server.requests());
        assertEquals(
                list(BY_KEY).subList(2_000, 4_000),
                list(BY_KEY.after(keys.getLast()).withSlice(0, 2_000)));
        assertEquals(PAGES + 9 + PAGES + 2, server.requests());
    }

    @Test
    void keysAreGivenWhenTheFirstPageIsHere() throws DatastoreException {
        for (Query query : List.of(ALL, BY_KEY, ALL.withSlice(0, 5_000))) {
            int before = server.requests();
            try (Results results = store.query(query)) {
                assertTrue(results.next().isPresent());
                assertEquals(before + 1, server.requests());
            }
        }
    }

    @Test
    void whatThePageSizesSumToIsTheDiskUsageOnceAListingIsWhole() throws DatastoreException {
        assertEquals(OptionalLong.empty(), store.diskUsage());
        list(ALL.withSlice(0, 10));
        list(Query.keys(Key.of("/a")));
        list(ALL.after(Key.of("/CIQ3")));
        assertEquals(OptionalLong.empty(), store.diskUsage());
        list(ALL);
        assertEquals(OptionalLong.of(3L * NAMES), store.diskUsage());
    }

    @Test
    void aServerThatIgnoresWhereToStartIsListedPageAfterPage() throws DatastoreException {
        server.ignoreStart();
        assertWhole(ALL);
        assertEquals(PAGES + 1, server.requests());
        assertWhole(ALL);
        assertEquals(2 * PAGES + 1, server.requests(), "it is not tried again");
    }

    @Test
    void onePageThatFailsFailsTheWhole() throws DatastoreException {
        List<Key> keys = list(BY_KEY);
        for (int failing = 500; failing < NAMES; failing += S3Bucket.PAGE) {
            String name = keys.get(failing).base();
            server.change(page -> page.names().contains(name)
                    ? new NamesServer.Page(page.start(), List.of("error"), page.token())
                    : page);
            for (Query query : List.of(ALL, BY_KEY)) {
                S3Exception failure = assertThrows(S3Exception.class, () -> list(query));
                assertEquals(403, failure.failure().status());
            }
        }
    }

    @Test
    void namesOutOfOrderAreAnErrorAmongRangesAndFromThenOnAreListedPageAfterPage() throws DatastoreException {
        AtomicInteger pages = new AtomicInteger();
        server.change(page -> pages.incrementAndGet() < 6
                ? page
                : new NamesServer.Page(page.start(), page.names().reversed(), page.token()));
        DatastoreException failure = assertThrows(DatastoreException.class, () -> list(ALL));
        assertTrue(failure.toString().contains("from now on this bucket is listed page after page"), failure::toString);
        assertWhole(ALL);
        assertThrows(DatastoreException.class, () -> list(BY_KEY));
    }

    @Test
    void namesThatWereNotAskedForAreAnError() {
        server.change(page -> new NamesServer.Page(page.start(), List.of("other"), Optional.empty()));
        Query below = Query.keys(Key.of("/p"));
        DatastoreException failure = assertThrows(DatastoreException.class, () -> list(below));
        assertTrue(
                failure.toString().contains("lists other among the names that begin with \"p/\""), failure::toString);
    }

    @Test
    void pagesThatGoRoundInCirclesOrAreEmptyForEverAreAnError() {
        AtomicInteger pages = new AtomicInteger();
        server.change(page ->
                new NamesServer.Page(page.start(), List.of("a"), Optional.of("token" + pages.incrementAndGet() % 5)));
        assertThrows(DatastoreException.class, () -> list(ALL));
        server.change(
                page -> new NamesServer.Page(page.start(), List.of(), Optional.of("token" + pages.incrementAndGet())));
        assertThrows(DatastoreException.class, () -> list(ALL));
        assertTrue(server.requests() < 200);
    }

    @Test
    void afterAListingThatWasClosedEarlyTheNextIsWhole() throws DatastoreException {
        try (Results results = store.query(ALL)) {
            for (int i = 0; i < 3_500; i++) {
                results.next();
            }
        }
        assertWhole(ALL);
    }

    private void assertWhole(Query query) throws DatastoreException {
        List<Key> keys = list(query);
        assertEquals(NAMES, keys.size());
        assertEquals(NAMES, new HashSet<>(keys).size());
    }

    private List<Key> list(Query query) throws DatastoreException {
        List<Key> keys = new ArrayList<>();
        try (Results results = store.query(query)) {
            results.rest().stream().map(Entry::key).forEach(keys::add);
        }
        return keys;
    }
}
