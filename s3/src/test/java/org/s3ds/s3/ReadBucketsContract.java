package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** A bucket on one server with further buckets to read from, of which one is on another server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReadBucketsContract {
    private static final Key KEY = Key.of("K");
    private static final byte[] OURS = "ours".getBytes(UTF_8);
    private static final byte[] THEIRS = "their value".getBytes(UTF_8);

    private final RecordedMetrics metrics = new RecordedMetrics();
    private TestServer server;
    private TestServer other;
    private S3Config config;
    private Datastore near;
    private Datastore far;
    private Datastore store;

    /** The server of the first bucket, and of the second. */
    abstract TestServer first(Path folder) throws IOException;

    /** The server of the third bucket. */
    abstract TestServer second(Path folder) throws IOException;

    @BeforeAll
    void startServers(@TempDir Path folder) throws IOException {
        server = first(Files.createDirectory(folder.resolve("first")));
        other = second(Files.createDirectory(folder.resolve("second")));
    }

    @AfterAll
    void stopServers() throws IOException {
        server.close();
        other.close();
    }

    @BeforeEach
    void openStores() throws DatastoreException {
        S3Config nearConfig = server.bucket("mirror");
        S3Config farConfig = other.bucket("");
        config = reading(server.bucket("node1"), List.of(nearConfig, farConfig));
        near = new S3Datastore(nearConfig, Metrics.none());
        far = new S3Datastore(farConfig, Metrics.none());
        store = new S3Datastore(config, metrics);
        metrics.take();
    }

    @AfterEach
    void closeStores() throws DatastoreException {
        for (Datastore each : List.of(store, near, far)) {
            each.close();
        }
    }

    private static S3Config reading(S3Config config, List<S3Config> readBuckets) {
        return new S3Config(
                config.place(),
                config.identity(),
                config.transport(),
                config.objects(),
                config.limits(),
                readBuckets,
                config.access(),
                config.index(),
                config.priceFile(),
                config.warnings());
    }

    @Test
    void readsAskOneBucketAfterTheOther() throws DatastoreException {
        far.put(KEY, THEIRS);
        assertArrayEquals(THEIRS, store.get(KEY).orElseThrow());
        assertEquals(Map.of("get", 3L), metrics.take());
        assertTrue(store.has(KEY));
        assertEquals(Map.of("head", 3L, "list", 2L), metrics.take());
        assertEquals(OptionalLong.of(THEIRS.length), store.size(KEY));
        assertEquals(Map.of("head", 3L), metrics.take());
        near.put(KEY, new byte[1]);
        assertEquals(OptionalLong.of(1), store.size(KEY));
        assertEquals(Map.of("head", 2L), metrics.take());
        store.put(KEY, OURS);
        metrics.take();
        assertArrayEquals(OURS, store.get(KEY).orElseThrow());
        assertEquals(Map.of("get", 1L), metrics.take());
    }

    @Test
    void aKeyIsAbsentWhenAllBucketsSaySo() throws DatastoreException {
        assertFalse(store.has(KEY));
        assertEquals(Map.of("head", 3L, "list", 3L), metrics.take());
        assertEquals(Optional.empty(), store.get(KEY));
        assertEquals(OptionalLong.empty(), store.size(KEY));
    }

    @Test
    void everythingElseSeesTheFirstBucketAlone() throws DatastoreException {
        far.put(KEY, THEIRS);
        near.put(Key.of("L"), THEIRS);
        assertEquals(List.of(), keys(store));
        store.put(KEY, OURS);
        assertEquals(Map.of("put", 1L, "list", 1L), metrics.take(), "no put is left out");
        assertEquals(List.of(KEY), keys(store));
        assertEquals(OptionalLong.of(OURS.length), store.diskUsage());
        store.delete(KEY);
        assertEquals(List.of(), keys(store));
        assertArrayEquals(THEIRS, store.get(KEY).orElseThrow(), "what is elsewhere stays there");
        assertArrayEquals(THEIRS, far.get(KEY).orElseThrow());
    }

    @Test
    void aFurtherBucketThatCannotTellIsAFailureAndNotAbsence() throws DatastoreException {
        S3Config gone = S3Config.parse(other.spec("no-such-bucket-here", ""));
        try (Datastore broken = new S3Datastore(reading(config, List.of(gone)), Metrics.none())) {
            for (int i = 0; i < 2; i++) {
                assertEquals("NoSuchBucket", codeOf(() -> broken.get(KEY)));
                assertEquals("NoSuchBucket", codeOf(() -> broken.has(KEY)));
                assertEquals("NoSuchBucket", codeOf(() -> broken.size(KEY)));
            }
            broken.put(KEY, OURS);
            assertArrayEquals(OURS, broken.get(KEY).orElseThrow(), "what the first has, the others are not asked for");
        }
    }

    private static String codeOf(Executable call) {
        return assertThrows(S3Exception.class, call).failure().code();
    }

    private static List<Key> keys(Datastore store) throws DatastoreException {
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            return results.rest().stream().map(Entry::key).toList();
        }
    }
}
