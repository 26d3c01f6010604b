package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.RequestGate;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.ScriptedServer.Answer;

class ConnectionsTest {
    private static final int WORKERS = 8;

    @Test
    void noMoreConnectionsAreOpenedThanWorkers(@TempDir Path folder) throws Exception {
        try (TestServer server = TestServer.embedded(folder);
                RequestGate proxy = new RequestGate(server.endpoint())) {
            S3Config bucket = server.bucket("");
            Map<String, @Nullable Object> spec = server.spec(bucket.bucket(), "");
            spec.put("regionEndpoint", proxy.endpoint());
            spec.put("workers", (long) WORKERS);
            try (Datastore store = S3Config.parse(spec).open(new StoreContext(folder, Metrics.none(), Map.of()))) {
                Batch batch = store.batch();
                for (int i = 0; i < 500; i++) {
                    batch.put(Key.of("K" + i), "value".getBytes(UTF_8));
                }
                batch.commit();
                try (Results results = store.query(Query.of(Key.ROOT))) {
                    assertEquals(500, results.rest().size());
                }
            }
            assertTrue(proxy.connections() <= WORKERS, proxy.connections() + " connections");
        }
    }

    @Test
    void asManyRequestsAreInFlightAsWorkersAndNoMore() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(WORKERS);
        try (ScriptedServer server = new ScriptedServer(request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            awaitAll(together);
            now.decrementAndGet();
            return Answer.ok();
        })) {
            S3Config all = server.config("", "");
            S3Config few = all.with(all.limits().withWorkers(WORKERS));
            try (Datastore store = new S3Datastore(few, Metrics.none())) {
                Batch batch = store.batch();
                for (int i = 0; i < 300; i++) {
                    batch.put(Key.of("K" + i), new byte[100]);
                }
                batch.commit();
            }
            assertEquals(300, server.requests().size());
            assertEquals(WORKERS, most.get(), "requests at once");
        }
    }

    /** Holds the first requests back until all that may come have come. */
    private static void awaitAll(CountDownLatch together) {
        together.countDown();
        try {
            assertTrue(together.await(30, TimeUnit.SECONDS), "fewer requests at once than workers");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
