package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Filter;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** What each operation costs, in requests, exactly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestCountTest {
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    private final RecordedMetrics metrics = new RecordedMetrics();
    private TestServer server;
    private S3Config config;
    private Datastore store;

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        server = start(folder);
    }

    /** The server to run on; it may keep its buckets in the folder. */
    TestServer start(Path folder) throws IOException {
        return TestServer.embedded(folder);
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void openStore() throws DatastoreException {
        config = server.bucket("node1");
        store = new S3Datastore(config, metrics);
    }

    @AfterEach
    void closeStore() throws DatastoreException {
        store.close();
    }

    @Test
    void openingClosingAndSyncAreFree() throws DatastoreException {
        store.sync(Key.ROOT);
        store.diskUsage();
        store.batch().commit();
        store.close();
        assertEquals(Map.of(), metrics.take());
    }

    @Test
    void aValueCostsOneRequestEachWay() throws DatastoreException {
        Key key = Key.of("K");
        store.put(key, VALUE);
        assertEquals(Map.of("put", 1L), metrics.take());
        store.get(key);
        assertEquals(Map.of("get", 1L), metrics.take());
        assertTrue(store.has(key));
        assertEquals(Map.of("head", 1L), metrics.take());
        store.size(key);
        assertEquals(Map.of("head", 1L), metrics.take());
        store.delete(key);
        assertEquals(Map.of("delete", 1L), metrics.take());
        assertTrue(store.get(key).isEmpty());
        assertEquals(Map.of("get", 1L), metrics.take());
    }

    @Test
    void theFirstAbsentKeyCostsOneListingMore() throws DatastoreException {
        assertFalse(store.has(Key.of("absent")));
        assertEquals(Map.of("head", 1L, "list", 1L), metrics.take());
        assertFalse(store.has(Key.of("absent")));
        assertTrue(store.size(Key.of("absent2")).isEmpty());
        assertEquals(Map.of("head", 2L), metrics.take());
    }

    @Test
    void aBatchCostsAPutPerValueAndADeletePerThousandKeys() throws DatastoreException {
        Batch batch = store.batch();
        IntStream.range(0, 1_001).forEach(i -> delete(batch, "absent" + i));
        for (int i = 0; i < 20; i++) {
            batch.put(Key.of("K" + i), VALUE);
        }
        batch.commit();
        assertEquals(Map.of("put", 20L, "delete_objects", 2L), metrics.take());
    }

    @Test
    void aListingCostsNoPageMoreThanItsEntriesNeed() throws DatastoreException {
        fill(1_100);
        assertEquals(Map.of("list", 2L), listing(Query.keys(Key.ROOT), 1_100));
        assertEquals(Map.of("list", 2L), listing(Query.keys(Key.ROOT).withSizes(), 1_100));
        assertEquals(Map.of("list", 1L), listing(Query.keys(Key.ROOT).withSlice(0, 1), 1));
        assertEquals(Map.of("list", 1L), listing(Query.keys(Key.ROOT).withSlice(0, 1_000), 1_000));
        assertEquals(Map.of("list", 2L), listing(Query.keys(Key.ROOT).withSlice(995, 10), 10));
        Query byKey = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY));
        assertEquals(Map.of("list", 1L), listing(byKey.withSlice(10, 20), 20));
        assertEquals(Map.of("list", 2L), listing(byKey.withSlice(1_090, 20), 10));
        assertEquals(Map.of("list", 1L), listing(Query.keys(Key.of("/none")), 0));
    }

    @Test
    void diskUsageIsThatOfTheLastWholeListingAndCostsNothing() throws DatastoreException {
        fill(1_100);
        assertEquals(OptionalLong.empty(), store.diskUsage());
        listing(Query.keys(Key.ROOT), 1_100);
        OptionalLong listed = OptionalLong.of(1_100L * VALUE.length);
        assertEquals(listed, store.diskUsage());
        store.put(Key.of("more"), VALUE);
        store.delete(Key.of("K0001"));
        store.delete(Key.of("K0002"));
        try (Results closedEarly = store.query(Query.keys(Key.ROOT))) {
            closedEarly.next();
        }
        metrics.take();
        assertEquals(listed, store.diskUsage(), "what came since then is not in it");
        assertEquals(Map.of(), metrics.take());
        listing(Query.keys(Key.ROOT), 1_099);
        assertEquals(OptionalLong.of(1_099L * VALUE.length), store.diskUsage());
        assertEquals(store.diskUsage(), store.inBackground().diskUsage());
        store.close();
        store = new S3Datastore(config, metrics);
        assertEquals(OptionalLong.empty(), store.diskUsage(), "it is not kept beyond the store");
    }

    @Test
    void onlyValuesThatAreGivenAreFetched() throws DatastoreException {
        fill(60);
        Query all = Query.of(Key.ROOT);
        assertEquals(Map.of("list", 1L, "get", 60L), listing(all, 60));
        assertEquals(Map.of("list", 1L, "get", 3L), listing(all.withSlice(5, 3), 3));
        Query last = all.withOrders(List.of(Order.KEY_DESCENDING)).withSlice(0, 2);
        assertEquals(Map.of("list", 1L, "get", 2L), listing(last, 2));
        Filter one = new Filter.ByKey(Filter.Comparison.EQUAL, Key.of("K0007"));
        assertEquals(Map.of("list", 1L, "get", 1L), listing(all.withFilters(List.of(one)), 1));
        Query oneByValue = all.withFilters(List.of(one)).withOrders(List.of(Order.VALUE));
        assertEquals(Map.of("list", 1L, "get", 1L), listing(oneByValue, 1));
    }

    @Test
    void aProbeIsOneListing() throws DatastoreException {
        try (S3Probe probe = new S3Probe(config, TestServer.context(metrics))) {
            assertTrue(probe.isEmpty());
            assertEquals(Map.of("list", 1L), metrics.take());
            store.put(Key.of("K"), VALUE);
            metrics.take();
            assertFalse(probe.isEmpty());
            assertEquals(Map.of("list", 1L), metrics.take());
            probe.createBucket();
            assertEquals(Map.of("create_bucket", 1L), metrics.take());
        }
    }

    @Test
    void namesThatAreNoKeysArePassedOverAndCounted() throws DatastoreException {
        fill(2);
        try (S3Bucket bucket = new S3Bucket(config, TestServer.context(metrics))) {
            S3Objects objects = new S3Objects(bucket);
            objects.put("node1/folder/", new byte[0], DigestSigner.sha256Hex(new byte[0]));
            objects.put("node10/other", VALUE, DigestSigner.sha256Hex(VALUE));
        }
        metrics.take();
        assertEquals(Map.of("list", 1L, "s3ds.names_skipped", 1L), listing(Query.keys(Key.ROOT), 2));
    }

    private static void delete(Batch batch, String key) {
        try {
            batch.delete(Key.of(key));
        } catch (DatastoreException e) {
            throw new AssertionError(e);
        }
    }

    private void fill(int count) throws DatastoreException {
        Batch batch = store.batch();
        for (int i = 0; i < count; i++) {
            batch.put(Key.of("K%04d".formatted(i)), VALUE);
        }
        batch.commit();
        metrics.take();
    }

    private Map<String, Long> listing(Query query, int entries) throws DatastoreException {
        try (Results results = store.query(query)) {
            assertEquals(entries, results.rest().size());
        }
        return metrics.take();
    }
}
