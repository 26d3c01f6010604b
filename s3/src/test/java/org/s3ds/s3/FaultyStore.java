package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryKeyTables;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreIndex;

/**
 * A store with an index on a server that misbehaves, whose waits between attempts pass at once. Closing it looks for
 * leaks.
 */
final class FaultyStore implements AutoCloseable {
    static final String SECRET = "SECRET-that-is-nowhere-to-be-seen";

    private static final int WORKERS = 4;

    private final AtomicLong slept = new AtomicLong();
    private final Time time = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime() + slept.get();
        }

        @Override
        public void sleep(Duration duration) {
            slept.addAndGet(duration.toNanos());
        }

        @Override
        public void await(Condition condition, long nanos) {
            slept.addAndGet(nanos);
        }
    };
    private final S3Bucket bucket;
    private final Datastore store;
    private final Governors.Use governed;

    FaultyStore(String endpoint, Persistence persistence) throws SpecException {
        this(endpoint, persistence, new Random(1));
    }

    FaultyStore(String endpoint, Persistence persistence, RandomGenerator chance) throws SpecException {
        this(config(endpoint), persistence, chance);
    }

    static S3Config config(String endpoint) throws SpecException {
        return S3Config.parse(new HashMap<>(spec(endpoint)));
    }

    static Map<String, Object> spec(String endpoint) {
        return Map.of(
                "region",
                "us-east-1",
                "bucket",
                "b",
                "accessKey",
                "AK",
                "secretKey",
                SECRET,
                "sessionToken",
                SECRET,
                "regionEndpoint",
                endpoint,
                "rootDirectory",
                "node1",
                "workers",
                (long) WORKERS);
    }

    FaultyStore(S3Config config, Persistence persistence, RandomGenerator chance) {
        this(config, persistence, chance, Path.of("").toAbsolutePath());
    }

    /** Of the repo in a folder. */
    FaultyStore(S3Config config, Persistence persistence, RandomGenerator chance, Path repo) {
        StoreContext context = new StoreContext(repo, Metrics.none(), Map.of()).with(new MemoryKeyTables());
        Governors governors = new Governors(time);
        this.bucket = new S3Bucket(config, context, governors, persistence, new Backoff(chance), time);
        this.store = new S3Datastore(config, bucket, context, governors);
        this.governed = governors.use(config.place().toString(), Governor.Bounds.of(config.limits()));
    }

    Datastore store() {
        return store;
    }

    /** Claims its place for this repo alone, lets the index learn what is there, and sees that there is a bucket. */
    void learn() throws DatastoreException {
        Key first = Key.of("first");
        store.put(first, new byte[0]);
        store.delete(first);
        assertTrue(index().awaitLoaded(Duration.ofMinutes(1)));
        assertFalse(store.unindexed().has(first));
    }

    /** Compares what the index believes with what is there. */
    void assertIndexIsRight() throws DatastoreException {
        index().verify(so -> {}, drift -> {
            throw new AssertionError(drift.toString());
        });
    }

    private StoreIndex index() {
        return store.index(Key.ROOT).orElseThrow();
    }

    S3Bucket bucket() {
        return bucket;
    }

    /** What its requests are kept within. */
    Governor governor() {
        return governed.governor();
    }

    /** How long calls have waited by now, to be tried again or for their turn. */
    Duration waited() {
        return Duration.ofNanos(slept.get());
    }

    /** Uses as many connections at once as there may be: one that leaked would be missed for ever. */
    void useAllConnections(MisbehavingServer server) throws Exception {
        CountDownLatch together = new CountDownLatch(WORKERS);
        server.behave(exchange -> {
            together.countDown();
            await(together);
            exchange.send(exchange.right());
        });
        // of different keys, as gets of one key that meet are one request; past what the index knows
        Datastore asking = store.unindexed();
        List<Callable<Boolean>> gets = IntStream.range(0, WORKERS)
                .<Callable<Boolean>>mapToObj(
                        i -> () -> asking.get(Key.of("absent" + i)).isEmpty())
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> get : threads.invokeAll(gets)) {
                assertTrue(get.get());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws DatastoreException {
        assertEquals(0, bucket.inFlight(), "attempts in flight");
        store.close();
        governed.close();
    }
}
