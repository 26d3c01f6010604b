package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.SloppyServer.Lack;

/** Stores whose place is one repo's alone, on a server: what a claim costs, and that it keeps others out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimedStoreTest {
    private static final byte[] VALUE = "value".getBytes(UTF_8);
    private static final Key KEY = Key.of("K");
    /** Which claim counts, and that there is none; the claim; one more of its number, which is refused; why. */
    private static final Map<String, Long> FIRST = Map.of("list", 1L, "put", 3L, "get", 1L);

    private final RecordedMetrics metrics = new RecordedMetrics();
    private TestServer server;
    private S3Config config = S3Config.of("none", "none");
    private Path folder = Path.of("");

    @BeforeAll
    void startServer(@TempDir Path buckets) throws IOException {
        server = start(buckets);
    }

    /** The server to run on; it may keep its buckets in the folder. */
    TestServer start(Path buckets) throws IOException {
        return TestServer.embedded(buckets);
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void makeBucket(@TempDir Path repos) throws DatastoreException {
        config = server.bucket("node1").withAccess(Access.EXCLUSIVE);
        folder = repos;
        metrics.take();
    }

    private StoreContext context(String repo) throws IOException {
        return new StoreContext(Files.createDirectories(folder.resolve(repo)), metrics, Map.of());
    }

    private Datastore open(String repo) throws IOException {
        return config.open(context(repo));
    }

    private StoreClaims claims() {
        return config.claims().orElseThrow();
    }

    private void put(String repo) throws IOException {
        try (Datastore store = open(repo)) {
            store.put(KEY, VALUE);
        }
    }

    @Test
    void theFirstWriteOfASessionClaimsAndReadingNever() throws Exception {
        try (Datastore store = open("a")) {
            assertTrue(store.get(KEY).isEmpty());
            assertEquals(Map.of("get", 1L), metrics.take());
            store.put(KEY, VALUE);
            assertEquals(FIRST, metrics.take());
            store.put(KEY, VALUE);
            store.delete(KEY);
            assertEquals(Map.of("put", 1L, "delete", 1L), metrics.take());
        }
        try (Datastore store = open("a")) {
            store.inBackground().delete(KEY);
            assertEquals(Map.of("list", 1L, "get", 1L, "put", 1L, "delete", 2L), metrics.take());
            store.put(KEY, VALUE);
            assertEquals(Map.of("put", 1L), metrics.take());
        }
    }

    @Test
    void aBatchClaimsUnlessItIsEmpty() throws Exception {
        try (Datastore store = open("a")) {
            store.batch().commit();
            assertEquals(Map.of(), metrics.take());
            Batch batch = store.batch();
            batch.put(KEY, VALUE);
            batch.delete(Key.of("absent"));
            assertEquals(Map.of(), metrics.take());
            batch.commit();
            assertEquals(Map.of("list", 1L, "put", 3L, "get", 1L, "delete_objects", 1L), metrics.take());
        }
    }

    @Test
    void whoeverWantsToDeleteAsksThePlaceEachTime() throws Exception {
        try (Datastore store = open("a")) {
            store.requireDeletes(Key.ROOT);
            assertEquals(Map.of("list", 1L, "put", 2L, "get", 1L), metrics.take());
            store.requireDeletes(Key.ROOT);
            assertEquals(Map.of("list", 1L, "get", 1L), metrics.take());
        }
    }

    @Test
    void whatIsSharedMayNotBeDeletedForNotBeingNeeded() throws Exception {
        try (Datastore store = config.withAccess(Access.SHARED).open(context("a"))) {
            assertEquals(
                    "\"node1/\" in the bucket \"" + config.bucket() + "\" at " + server.endpoint() + " may be another"
                            + " repo's as well, as its spec does not say \"access\": \"exclusive\", so nothing is deleted"
                            + " there because this repo does not need it; if no other repo or node writes there, make it"
                            + " this one's with \"s3ds claim take\"",
                    assertThrows(AccessException.class, () -> store.requireDeletes(Key.ROOT))
                            .getMessage());
            assertEquals(Map.of(), metrics.take());
            store.put(KEY, VALUE);
            store.delete(KEY);
            assertEquals(Map.of("list", 1L, "put", 1L, "delete", 1L), metrics.take(), "whose the place is, once");
        }
    }

    @Test
    void anotherRepoMayReadButNotWrite() throws Exception {
        put("a");
        metrics.take();
        try (Datastore store = open("b")) {
            assertTrue(store.get(KEY).isPresent());
            AccessException refusal = assertThrows(AccessException.class, () -> store.put(KEY, VALUE));
            assertTrue(
                    String.valueOf(refusal.getMessage())
                            .startsWith("\"node1/\" in the bucket \"" + config.bucket() + "\" at " + server.endpoint()
                                    + " is held by another repo, "),
                    refusal.toString());
            assertThrows(AccessException.class, () -> store.delete(KEY));
            assertThrows(AccessException.class, () -> store.requireDeletes(Key.ROOT));
            Batch batch = store.batch();
            batch.delete(KEY);
            assertThrows(AccessException.class, batch::commit);
            assertEquals(Map.of("get", 5L, "list", 4L), metrics.take());
        }
        put("a");
    }

    @Test
    void aTakeOverEndsTheDeletesOfAnotherAtOnce() throws Exception {
        try (Datastore store = open("a")) {
            store.put(KEY, VALUE);
            assertEquals(2, claims().take(context("b"), false).number());
            assertThrows(AccessException.class, () -> store.requireDeletes(Key.ROOT));
            assertThrows(AccessException.class, () -> store.put(KEY, VALUE));
        }
        put("b");
        assertThrows(AccessException.class, () -> put("a"));
        Claim claim = claims().show(context("a")).orElseThrow();
        assertFalse(claim.isOurs());
        assertTrue(claims().release(context("b")));
        assertTrue(claims().show(context("a")).orElseThrow().released());
        put("a");
    }

    @Test
    void claimsAreNoKeys() throws Exception {
        Key claim = Key.of("/.s3ds/claim/0000000000000001");
        try (Datastore store = open("a")) {
            store.put(KEY, VALUE);
            try (Results results = store.query(Query.keys(Key.ROOT))) {
                assertEquals(KEY, results.next().orElseThrow().key());
                assertEquals(Optional.empty(), results.next());
            }
            metrics.take();
            assertEquals(Optional.empty(), store.get(claim));
            assertFalse(store.has(claim));
            store.delete(claim);
            assertThrows(DatastoreException.class, () -> store.put(claim, VALUE));
            assertEquals(Map.of(), metrics.take());
            store.requireDeletes(Key.ROOT);
        }
    }

    @Test
    void onlySixteenDigitsAreAClaim() throws Exception {
        S3Config raw = config.withRootDirectory("node1/.s3ds/claim").withAccess(Access.SHARED);
        try (Datastore store = raw.open(context("raw"))) {
            for (String name : List.of("1", "00000000000000009", "000000000000000x", "9999999999999999.bak", "x/1")) {
                store.put(Key.of(name), VALUE);
            }
        }
        put("a");
        assertEquals(1, claims().show(context("a")).orElseThrow().number());
    }

    @Test
    void ofManyReposAtOnceExactlyOneWins() throws Exception {
        int repos = 12;
        for (int round = 0; round < 3; round++) {
            config = server.bucket("").withAccess(Access.EXCLUSIVE);
            CyclicBarrier together = new CyclicBarrier(repos);
            List<Callable<Boolean>> writes = new ArrayList<>();
            for (int i = 0; i < repos; i++) {
                String repo = "round" + round + "-" + i;
                writes.add(() -> {
                    try (Datastore store = open(repo)) {
                        together.await();
                        store.put(KEY, VALUE);
                        return true;
                    }
                });
            }
            assertEquals(1, winners(writes));
        }
    }

    private static int winners(List<Callable<Boolean>> writes) throws InterruptedException {
        int winners = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> write : threads.invokeAll(writes)) {
                try {
                    write.get();
                    winners++;
                } catch (ExecutionException e) {
                    assertTrue(e.getCause() instanceof AccessException, e.toString());
                }
            }
        }
        return winners;
    }

    @Test
    void aServerWithoutPutIfAbsentHoldsNothingUnlessForced() throws Exception {
        try (SloppyServer sloppy = new SloppyServer(Map.of(), Lack.CREATE_ONLY)) {
            config = sloppy.config("r").withAccess(Access.EXCLUSIVE);
            AccessException refusal = assertThrows(AccessException.class, () -> put("a"));
            assertTrue(String.valueOf(refusal.getMessage()).contains("cannot be held by one repo alone"));
            assertEquals(Map.of(), Map.copyOf(sloppy.objects()));
            claims().take(context("a"), true);
            put("a");
            assertThrows(AccessException.class, () -> put("b"));
        }
    }

    @Test
    void whoMayNotListOrDeleteIsNotTakenForTheHolder() throws Exception {
        try (SloppyServer sloppy = new SloppyServer(Map.of(), Lack.DELETE)) {
            config = sloppy.config("r").withAccess(Access.EXCLUSIVE);
            put("a");
            put("a");
            assertEquals(2, claims().show(context("a")).orElseThrow().number());
        }
        assertThrows(DatastoreException.class, () -> put("a"));
    }

    @Test
    void aProgramSaysItToo() throws Exception {
        S3Config said =
                S3Config.builder("b", "r").with(SpecKey.ACCESS, "exclusive").build();
        assertEquals(Access.EXCLUSIVE, said.access());
        assertEquals(Access.SHARED, S3Config.of("b", "r").access());
        assertEquals(Map.of("access", "exclusive"), said.claims().orElseThrow().settings(true));
        assertEquals(Map.of("access", "shared"), said.claims().orElseThrow().settings(false));
        assertEquals("exclusive", said.claims().orElseThrow().access());
        assertEquals(Map.of("bucket", "b", "region", "r", "rootDirectory", ""), said.diskSpec());
    }
}
