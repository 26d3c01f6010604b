package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** A bucket so long that it is listed by ranges, on a server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LongListingContract {
    private static final int NAMES = 6_200;

    private TestServer server;
    private S3Config config;
    private List<String> names;

    abstract TestServer start(Path folder) throws IOException;

    /** Lays an object under each name. */
    void lay(Path folder, S3Config bucket, List<String> objects) throws IOException {
        try (Datastore store = new S3Datastore(bucket, Metrics.none())) {
            Batch batch = store.batch();
            for (String name : objects) {
                batch.put(Key.of("/x/" + name), new byte[0]);
            }
            batch.commit();
        }
    }

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        server = start(folder);
        config = server.bucket("node1");
        // most are blocks' names, the others come before and behind all of these
        names = IntStream.range(0, NAMES)
                .mapToObj(i -> i % 10 == 0 ? (i % 20 == 0 ? "zz" : "A-") + i : RangePlanTest.sha256(i))
                .sorted()
                .toList();
        lay(folder, config, names);
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void everyNameIsListedOnceByRangesAndByKey() throws IOException {
        RecordedMetrics metrics = new RecordedMetrics();
        List<Key> keys = names.stream().map(name -> Key.of("/x/" + name)).toList();
        try (Datastore store = LookedAtTime.far().open(config, metrics)) {
            for (int round = 0; round < 2; round++) {
                assertEquals(
                        keys,
                        list(store, Query.keys(Key.of("/x"))).stream()
                                .sorted(Key.BYTE_ORDER)
                                .toList());
                long requests = metrics.take().getOrDefault("list", 0L);
                assertTrue(requests > 7 && requests <= 30, () -> requests + " requests, as ranges need");
            }
            Query byKey = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY));
            assertEquals(keys, list(store, byKey));
            assertEquals(Map.of("list", 7L), metrics.take());
            assertEquals(
                    keys.subList(4_000, 5_500),
                    list(store, byKey.after(keys.get(3_999)).withSlice(0, 1_500)));
            assertEquals(Map.of("list", 2L), metrics.take());
        }
    }

    private static List<Key> list(Datastore store, Query query) throws IOException {
        try (Results results = store.query(query)) {
            return results.rest().stream().map(Entry::key).toList();
        }
    }
}
