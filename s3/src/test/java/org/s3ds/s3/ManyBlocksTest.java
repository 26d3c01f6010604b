package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;
import org.s3ds.index.RocksTables;

/** What it costs, in requests, to ask a store of many blocks what it has. */
class ManyBlocksTest {
    private static final int PAGE = 1_000;

    private final RecordedMetrics requests = new RecordedMetrics();
    private final MemoryBucket bucket = new MemoryBucket(PAGE);
    private final MisbehavingServer server;
    private final Random random = new Random(1);

    @TempDir
    private Path repo = Path.of("");

    ManyBlocksTest() throws IOException {
        server = MisbehavingServer.forgetful(exchange -> exchange.send(bucket.answer(exchange.request())));
    }

    /** How many blocks are there. */
    int blocks() {
        return 20_000;
    }

    /** How many questions are asked. */
    int questions() {
        return 10_000;
    }

    @BeforeEach
    void fill() {
        for (int i = 0; i < blocks(); i++) {
            bucket.put("node1" + new NumberedBlock(i).key(), "block");
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Datastore open(String access) throws Exception {
        Map<String, @Nullable Object> spec = new HashMap<>(FaultyStore.spec(server.endpoint()));
        spec.putAll(Map.of("access", access, "indexPresentFor", "1h", "indexAbsentFor", "1h"));
        StoreContext context = new StoreContext(repo, requests, Map.of());
        return S3Config.parse(spec).open(context.with(new RocksTables(repo.resolve("index"), "1")));
    }

    @Test
    void anExclusiveStoreKnowsAfterARestart() throws Exception {
        Key first = Key.of("/first");
        try (Datastore store = open("exclusive")) {
            store.put(first, new byte[1]);
            assertTrue(store.index(Key.ROOT).orElseThrow().awaitLoaded(Duration.ofMinutes(5)));
        }
        requests.take();
        try (Datastore store = open("exclusive")) {
            assertEquals(Map.of(), requests.take(), "opened");
            for (int i = 0; i < questions(); i++) {
                int block = random.nextInt(2 * blocks());
                Key key = new NumberedBlock(block).key();
                assertEquals(
                        block < blocks(),
                        i % 2 == 0 ? store.has(key) : store.size(key).isPresent());
            }
            assertEquals(Map.of("get", 2L), requests.take(), "whether the claim counts");
            for (int i = 0; i < 3 * questions(); i++) {
                int block = i % 100 == 0 ? random.nextInt(blocks()) : blocks() + i;
                assertEquals(i % 100 == 0, store.has(new NumberedBlock(block).key()));
            }
            assertEquals(
                    blocks() + 1L,
                    store.index(Key.ROOT).orElseThrow().totals().orElseThrow().count());
            assertEquals(5L * blocks() + 1, store.diskUsage().orElseThrow());
            assertEquals(Map.of(), requests.take());
        }
    }

    /** Beside them, one LIST shows that the bucket is there at all. */
    @Test
    void aSharedStoreAsksForEachOnce() throws Exception {
        int distinct = questions() / 10;
        try (Datastore store = open("shared");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> asker = () -> {
                for (int block : IntStream.range(0, distinct).toArray()) {
                    int number = block % 2 == 0 ? block : blocks() + block;
                    assertEquals(number < blocks(), store.has(new NumberedBlock(number).key()));
                }
                return true;
            };
            for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(10, asker))) {
                assertTrue(each.get());
            }
        }
        assertEquals(Map.of("head", (long) distinct, "list", 1L), requests.take());
    }
}
