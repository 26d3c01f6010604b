package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryKeyTables;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.ReadOnlyException;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.State;

/** A store with an index of a bucket that others fill and this repo only reads: what it asks for, and for how long. */
class ReadOnlyIndexTest {
    private static final int BLOCKS = 20;
    private static final Key THERE = new NumberedBlock(7).key();
    private static final Key ABSENT = new NumberedBlock(BLOCKS).key();

    private final RecordedMetrics requests = new RecordedMetrics();
    private final MemoryKeyTables tables = new MemoryKeyTables();
    private final MemoryBucket bucket = new MemoryBucket(1_000);
    private final MisbehavingServer server;

    @TempDir
    private Path repo = Path.of("");

    ReadOnlyIndexTest() throws IOException {
        server = MisbehavingServer.forgetful(exchange -> exchange.send(bucket.answer(exchange.request())));
    }

    @BeforeEach
    void fill() {
        for (int i = 0; i < BLOCKS; i++) {
            bucket.put(object(new NumberedBlock(i).key()), "block");
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String object(Key key) {
        return "node1" + key;
    }

    private Datastore open(String presentFor, String absentFor) throws Exception {
        Map<String, @Nullable Object> spec = new HashMap<>(FaultyStore.spec(server.endpoint()));
        spec.putAll(Map.of("access", "read-only", "indexPresentFor", presentFor, "indexAbsentFor", absentFor));
        return S3Config.parse(spec).open(new StoreContext(repo, requests, Map.of()).with(tables));
    }

    /** Somebody else puts the one that was absent, and deletes the one that was there. */
    private void othersChangeBoth() {
        bucket.remove(object(THERE));
        bucket.put(object(ABSENT), "absent no more");
    }

    @Test
    void whatWasThereAndWhatWasNotIsKnownForAsLongAsTheSpecSays() throws Exception {
        try (Datastore store = open("1h", "1h")) {
            assertTrue(store.has(THERE));
            assertFalse(store.has(ABSENT));
            assertEquals(Map.of("head", 2L, "list", 1L), requests.take(), "the listing proves that there is a bucket");
            othersChangeBoth();
            assertTrue(store.has(THERE));
            assertEquals(OptionalLong.of(5), store.size(THERE));
            assertFalse(store.has(ABSENT));
            assertTrue(store.get(ABSENT).isEmpty());
            assertEquals(Map.of(), requests.take());
        }
        try (Datastore store = open("1h", "1h")) {
            assertTrue(store.has(THERE), "from session to session");
            assertEquals(Map.of(), requests.take());
            assertTrue(store.has(ABSENT), "that it was absent is remembered by the session alone");
            assertEquals(Map.of("head", 1L), requests.take());
        }
        try (Datastore store = open("0s", "0s")) {
            assertFalse(store.has(THERE));
            assertFalse(store.has(THERE));
            assertTrue(store.has(ABSENT));
            assertEquals(Map.of("head", 3L, "list", 1L), requests.take());
        }
    }

    @Test
    void whatIsReadAndGoneIsAbsentFromThenOnAndNobodyIsBlamed() throws Exception {
        try (Datastore store = open("1h", "1h")) {
            assertTrue(store.has(THERE));
            othersChangeBoth();
            requests.take();
            assertTrue(store.get(THERE).isEmpty());
            assertEquals(Map.of("get", 1L, "head", 1L, "list", 1L), requests.take());
            assertFalse(store.has(THERE));
            assertEquals(Map.of(), requests.take());
        }
    }

    @Test
    void aRebuildTellsOfAllBlocksAndAListingAsksTheBucketAllTheSame() throws Exception {
        try (Datastore store = open("1h", "1h")) {
            StoreIndex index = store.index(Key.ROOT).orElseThrow();
            assertEquals(BLOCKS, index.rebuild(so -> {}).count());
            assertEquals(State.PARTIAL, index.status().state());
            assertEquals(Map.of("list", 1L), requests.take());
            for (int i = 0; i < BLOCKS; i++) {
                assertTrue(store.has(new NumberedBlock(i).key()));
            }
            assertEquals(Map.of(), requests.take());
            othersChangeBoth();
            try (Results results = store.query(Query.keys(Key.ROOT))) {
                List<Key> listed = results.rest().stream().map(Entry::key).toList();
                assertTrue(listed.contains(ABSENT) && !listed.contains(THERE), listed.toString());
            }
            assertEquals(Map.of("list", 1L), requests.take());
        }
    }

    @Test
    void everyWriteIsRefusedAndTheIndexKnowsNothingOfIt() throws Exception {
        try (Datastore store = open("1h", "1h")) {
            assertTrue(store.has(THERE));
            assertFalse(store.has(ABSENT));
            requests.take();
            for (Executable write : List.<Executable>of(
                    () -> store.put(ABSENT, new NumberedBlock(BLOCKS).value()),
                    () -> store.put(THERE, new NumberedBlock(7).value()),
                    () -> store.delete(THERE),
                    store::batch,
                    () -> store.requireDeletes(Key.ROOT),
                    () -> store.unindexed().put(ABSENT, new byte[1]),
                    () -> store.inBackground().delete(THERE))) {
                assertThrows(ReadOnlyException.class, write);
            }
            assertTrue(store.has(THERE));
            assertFalse(store.has(ABSENT));
            assertEquals(0, store.index(Key.ROOT).orElseThrow().status().doubtful());
            assertEquals(Map.of(), requests.take());
        }
        assertEquals(BLOCKS, bucket.names().size(), "nor is the place claimed");
    }
}
