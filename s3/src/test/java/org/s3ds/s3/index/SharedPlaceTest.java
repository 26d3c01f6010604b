package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex.State;

/** Where others write, what was seen counts for some time, and no put is left out. */
@Timeout(60)
final class SharedPlaceTest {
    private static final Key KEY = Key.of("/key");
    private static final Key ABSENT = Key.of("/absent");

    private final FakeBucket bucket = new FakeBucket();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder = Path.of("");

    private FakeRepo repo = new FakeRepo(bucket, folder);
    private FakeSession session = repo.shared();

    @BeforeEach
    void fill() {
        repo = new FakeRepo(bucket, folder);
        session = repo.shared();
        bucket.values().put(KEY, 7L);
    }

    @AfterEach
    void close() throws DatastoreException {
        threads.shutdownNow();
        session.close();
    }

    @Test
    void whatWasSeenIsThereForItsTime() throws DatastoreException {
        assertTrue(session.has(KEY));
        bucket.values().remove(KEY);
        repo.pass(FakeRepo.PRESENT_FOR.minusSeconds(1));
        assertTrue(session.has(KEY));
        assertEquals(List.of("ask /key"), bucket.taken());
        repo.pass(Duration.ofSeconds(1));
        assertFalse(session.has(KEY));
        assertEquals(List.of("ask /key"), bucket.taken());
    }

    @Test
    void itIsRememberedFromSessionToSession() throws DatastoreException {
        assertTrue(session.has(KEY));
        session.put(Key.of("/ours"), 1);
        session.close();
        bucket.taken();
        try (FakeSession next = repo.shared()) {
            assertTrue(next.has(KEY));
            assertTrue(next.has(Key.of("/ours")));
            assertEquals(List.of(), bucket.taken());
            assertEquals(State.PARTIAL, next.index().status().state());
            assertTrue(next.index().totals().isEmpty());
            assertTrue(next.keys().isEmpty());
        }
    }

    /** As after the server's address in the spec was changed. */
    @Test
    void whatWasSeenElsewhereIsNotBelieved() throws DatastoreException {
        assertTrue(session.has(KEY));
        session.close();
        bucket.values().remove(KEY);
        repo.moveTo("another place");
        try (FakeSession next = repo.shared()) {
            assertFalse(next.has(KEY));
        }
    }

    @Test
    void whatWasAbsentIsAskedOnceInItsTime() throws DatastoreException {
        for (int i = 0; i < 3; i++) {
            assertFalse(session.has(ABSENT));
            assertTrue(session.get(ABSENT).isEmpty());
            repo.pass(FakeRepo.ABSENT_FOR.dividedBy(4));
        }
        assertEquals(List.of("ask /absent"), bucket.taken());
        repo.pass(FakeRepo.ABSENT_FOR);
        bucket.values().put(ABSENT, 9L);
        assertEquals(9, session.size(ABSENT).orElseThrow());
    }

    /** A get that finds nothing tells as much as a question; the first opens the index. */
    @Test
    void whatAGetDidNotFindIsNotAskedForAgain() throws DatastoreException {
        for (int i = 0; i < 5; i++) {
            assertTrue(session.get(ABSENT).isEmpty());
            assertTrue(session.get(KEY).isPresent());
        }
        assertFalse(session.has(ABSENT));
        List<String> calls = bucket.taken();
        assertEquals(2, calls.stream().filter("get /absent"::equals).count(), calls.toString());
        assertEquals(5 + 2, calls.size(), calls.toString());
        repo.pass(FakeRepo.ABSENT_FOR);
        bucket.values().put(ABSENT, 9L);
        assertEquals(9, session.get(ABSENT).orElseThrow().length);
    }

    /** Its answer is from before. */
    @Test
    void aGetThatAPutOvertakesProvesNothing() throws Exception {
        assertTrue(session.get(Key.of("/first")).isEmpty());
        Stall get = new Stall(bucket, "get /absent", true);
        Future<?> getting = threads.submit(() -> session.get(ABSENT));
        get.await();
        session.put(ABSENT, 3);
        get.end();
        getting.get();
        assertTrue(session.has(ABSENT));
    }

    @Test
    void aClockThatIsPutBackEndsBoth() throws DatastoreException {
        assertTrue(session.has(KEY));
        assertFalse(session.has(ABSENT));
        bucket.taken();
        repo.pass(Duration.ofHours(-1));
        assertTrue(session.has(KEY));
        assertFalse(session.has(ABSENT));
        assertEquals(List.of("ask /key", "ask /absent"), bucket.taken());
    }

    @Test
    void everyPutIsSent() throws DatastoreException {
        assertTrue(session.has(KEY));
        session.put(KEY, 7);
        session.put(KEY, 7);
        assertEquals(List.of("ask /key", "put /key", "put /key"), bucket.taken());
    }

    @Test
    void ourOwnPutsAndDeletesAreKnownAtOnce() throws DatastoreException {
        assertFalse(session.has(ABSENT));
        session.put(ABSENT, 3);
        assertTrue(session.has(ABSENT));
        session.delete(ABSENT);
        bucket.taken();
        assertFalse(session.has(ABSENT));
        assertFalse(session.has(ABSENT));
        assertEquals(List.of("ask /absent"), bucket.taken());
    }

    /** The page that was on its way when it went shows it still. */
    @Test
    void whatIsDeletedWhileTheIndexIsBuiltStaysDeleted() throws Exception {
        Stall listing = new Stall(bucket, "list ", true);
        Future<?> building = threads.submit(() -> session.index().rebuild(so -> {}));
        listing.await();
        session.delete(KEY);
        assertFalse(session.has(KEY));
        listing.end();
        building.get();
        repo.pass(FakeRepo.ABSENT_FOR);
        assertFalse(session.has(KEY));
    }

    /** Others delete here: that is no reason for alarm. */
    @Test
    void whatAnotherDeletedIsAbsent() throws DatastoreException {
        assertTrue(session.has(KEY));
        bucket.values().remove(KEY);
        assertTrue(session.get(KEY).isEmpty());
        assertFalse(session.has(KEY));
    }

    /** As nothing is known of a key while it is being put, those who ask then ask the place. */
    @Test
    void whoeverAsksAtOnceAsksTogether() throws Exception {
        Stall question = new Stall(bucket, "ask /key", true);
        List<Future<Boolean>> asking = new ArrayList<>();
        asking.add(threads.submit(() -> session.has(KEY)));
        question.await();
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            asking.add(threads.submit(() -> {
                begun.incrementAndGet();
                return session.has(KEY);
            }));
        }
        while (begun.get() < 20) {
            Thread.onSpinWait();
        }
        question.end();
        for (Future<Boolean> each : asking) {
            assertTrue(each.get());
        }
        assertEquals(List.of("ask /key"), bucket.taken());
    }

    @Test
    void aFailureIsNoAnswer() throws Exception {
        bucket.before(call -> {
            throw new DatastoreException("no answer");
        });
        Future<Boolean> asking = threads.submit(() -> session.has(KEY));
        assertTrue(
                assertThrows(ExecutionException.class, asking::get).toString().contains("no answer"));
        bucket.heal();
        assertTrue(session.has(KEY));
    }

    /** Who waits for an answer gets it, though who asked went away. */
    @Test
    void whoeverWaitsAsksWhenTheFirstIsInterrupted() throws Exception {
        Stall question = new Stall(bucket, "ask /key", true);
        Thread first = Thread.ofVirtual().start(() -> assertThrows(DatastoreException.class, () -> session.has(KEY)));
        question.await();
        Future<Boolean> second = threads.submit(() -> session.has(KEY));
        first.interrupt();
        first.join();
        assertTrue(second.get());
    }
}
