package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex;

/** What is known while things change, and when it is not known whether they have. */
@Timeout(60)
final class ChangesTest {
    private static final Key KEY = Key.of("/key");
    private static final Key OTHER = Key.of("/other");

    private final FakeBucket bucket = new FakeBucket();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder = Path.of("");

    private FakeRepo repo = new FakeRepo(bucket, folder);
    private FakeSession session = repo.exclusive();

    @BeforeEach
    void load() throws DatastoreException {
        repo = new FakeRepo(bucket, folder);
        session = repo.exclusive().loaded();
    }

    @AfterEach
    void close() throws DatastoreException {
        threads.shutdownNow();
        session.close();
    }

    @Test
    void aPutOfWhatIsThereIsNotSent() throws DatastoreException {
        session.put(KEY, 7);
        session.put(KEY, 7);
        assertEquals(List.of("put /key"), bucket.taken());
        session.index().note(KEY, StoreIndex.SUSPECT);
        session.put(KEY, 7);
        session.put(KEY, 7);
        assertEquals(List.of("put /key"), bucket.taken(), "its bytes were wrong");
        session.delete(KEY);
        session.put(KEY, 7);
        assertEquals(List.of("delete /key", "put /key"), bucket.taken());
    }

    @Test
    void theOutcomeOfAPutThatFailedIsAskedFor() throws DatastoreException {
        for (boolean isDone : List.of(true, false)) {
            fail("put", isDone);
            assertThrows(DatastoreException.class, () -> session.put(KEY, 7));
            bucket.heal();
            bucket.taken();
            assertEquals(isDone, session.has(KEY));
            assertEquals(isDone, session.has(KEY));
            assertEquals(List.of("ask /key"), bucket.taken());
            assertEquals(isDone ? 1 : 0, session.index().totals().orElseThrow().count());
            session.delete(KEY);
        }
    }

    @Test
    void theOutcomeOfADeleteThatFailedIsAskedFor() throws DatastoreException {
        for (boolean isDone : List.of(true, false)) {
            session.put(KEY, 7);
            session.put(OTHER, 7);
            fail("delete /key", isDone);
            assertThrows(DatastoreException.class, () -> session.delete(List.of(KEY, OTHER)));
            bucket.heal();
            bucket.taken();
            assertFalse(session.has(OTHER));
            assertEquals(List.of(), bucket.taken(), "that one came to its end");
            assertEquals(isDone ? Optional.of(List.of()) : Optional.of(List.of(KEY)), session.keys());
            assertEquals(List.of("ask /key"), bucket.taken());
            session.delete(KEY);
        }
    }

    /** A collection that is killed in its requests leaves thousands. */
    @Test
    void whatIsInDoubtIsAskedAboutManyAtOnce() throws Exception {
        List<Key> keys = IntStream.range(0, 100).mapToObj(i -> Key.of("/k" + i)).toList();
        fail("delete", false);
        assertThrows(DatastoreException.class, () -> session.delete(keys));
        CountDownLatch asked = new CountDownLatch(10);
        bucket.heal();
        bucket.before(call -> {
            if (call.startsWith("ask")) {
                asked.countDown();
                Stall.waitFor(asked);
            }
        });
        assertEquals(Optional.of(List.of()), session.keys());
        fail("delete", false);
        assertThrows(DatastoreException.class, () -> session.delete(keys));
        fail("ask", false);
        assertThrows(DatastoreException.class, session::keys);
    }

    @Test
    void whatIsInDoubtIsPutAgain() throws DatastoreException {
        fail("put", true);
        assertThrows(DatastoreException.class, () -> session.put(KEY, 7));
        bucket.heal();
        session.put(KEY, 7);
        assertEquals(List.of("put /key", "put /key"), bucket.taken());
        assertTrue(session.has(KEY));
        assertEquals(List.of(), bucket.taken());
    }

    private void fail(String call, boolean isDone) {
        FakeBucket.Hook failing = each -> {
            if (each.startsWith(call)) {
                throw new DatastoreException("no answer");
            }
        };
        if (isDone) {
            bucket.after(failing);
        } else {
            bucket.before(failing);
        }
    }

    @Test
    void whileAKeyChangesItIsAskedFor() throws Exception {
        Stall put = new Stall(bucket, "put /key", false);
        Future<?> putting = threads.submit(() -> call(() -> session.put(KEY, 7)));
        put.await();
        assertFalse(session.has(KEY));
        assertFalse(session.has(KEY));
        assertEquals(List.of("put /key", "ask /key", "ask /key"), bucket.taken());
        assertEquals(0, session.index().totals().orElseThrow().count());
        put.end();
        putting.get();
        assertTrue(session.has(KEY));
        assertEquals(List.of(), bucket.taken());
    }

    /** Whichever the server did last counts: nobody else knows which that was. */
    @Test
    void aPutAndADeleteAtOnceAreAskedAbout() throws Exception {
        for (boolean isPutLast : List.of(true, false)) {
            session.put(OTHER, 7);
            session.delete(KEY);
            Stall first = new Stall(bucket, isPutLast ? "put /key" : "delete /key", false);
            Future<?> slow = threads.submit(() -> call(() -> change(isPutLast)));
            first.await();
            change(!isPutLast);
            first.end();
            slow.get();
            bucket.taken();
            assertEquals(isPutLast, session.has(KEY));
            assertEquals(List.of("ask /key"), bucket.taken());
            assertEquals(
                    isPutLast ? 2 : 1, session.index().totals().orElseThrow().count());
        }
    }

    private void change(boolean isPut) throws DatastoreException {
        if (isPut) {
            session.put(KEY, 7);
        } else {
            session.delete(KEY);
        }
    }

    @Test
    void twoPutsAtOnceNeedNoQuestion() throws Exception {
        Stall put = new Stall(bucket, "put /key", true);
        Future<?> slow = threads.submit(() -> call(() -> session.put(KEY, 7)));
        put.await();
        session.put(KEY, 7);
        put.end();
        slow.get();
        bucket.taken();
        assertTrue(session.has(KEY));
        assertEquals(List.of(), bucket.taken());
        assertEquals(7, session.index().totals().orElseThrow().bytes());
    }

    /** One whose put or delete has returned lists what it did, however long others take. */
    @Test
    void whatHasReturnedIsListedWhileAnotherChangesTheSameKey() throws Exception {
        for (boolean isPut : List.of(true, false)) {
            Stall first = new Stall(bucket, isPut ? "put /key" : "delete /key", false);
            Future<?> slow = threads.submit(() -> call(() -> change(isPut)));
            first.await();
            change(isPut);
            assertEquals(Optional.of(isPut ? List.of(KEY) : List.of()), session.keys());
            assertEquals(isPut ? 1 : 0, session.index().totals().orElseThrow().count());
            bucket.taken();
            assertEquals(isPut, session.has(KEY));
            assertEquals(List.of("ask /key"), bucket.taken(), "it may change still");
            first.end();
            slow.get();
            assertEquals(isPut, session.has(KEY));
            assertEquals(List.of(), bucket.taken());
            assertEquals(isPut ? 1 : 0, session.index().totals().orElseThrow().count());
        }
    }

    /** Its answer is from before: nobody may take it for how things are. */
    @Test
    void aQuestionThatAChangeOvertakesTellsNothing() throws Exception {
        fail("put", false);
        assertThrows(DatastoreException.class, () -> session.put(KEY, 7));
        Stall question = new Stall(bucket, "ask /key", true);
        Future<OptionalLong> asking = threads.submit(() -> session.size(KEY));
        question.await();
        session.put(KEY, 7);
        assertTrue(session.has(KEY), "this shares no answer from before the put");
        question.end();
        assertTrue(asking.get().isEmpty());
        assertTrue(session.has(KEY));
        assertEquals(1, session.index().totals().orElseThrow().count());
    }

    @Test
    void aGetThatAPutOvertakesIsNoProofThatAnythingVanishedAndIsMadeAgain() throws Exception {
        try (FakeSession next = repo.exclusive()) {
            session.kill();
            Stall get = new Stall(bucket, "get /key", true);
            Future<Optional<byte[]>> getting = threads.submit(() -> next.get(KEY));
            get.await();
            next.put(KEY, 7);
            get.end();
            assertEquals(7, getting.get().orElseThrow().length);
            assertTrue(next.has(KEY));
            assertEquals(0, vanished(next));
        }
    }

    @Test
    void whatVanishedIsNamedCountedAndSentAgain() throws DatastoreException {
        session.put(KEY, 7);
        bucket.values().remove(KEY);
        VanishedException vanished = assertThrows(VanishedException.class, () -> session.get(KEY));
        assertTrue(vanished.toString().contains("the object place/key vanished from the bucket"), vanished.toString());
        assertEquals(1, vanished(session));
        bucket.taken();
        assertTrue(session.get(KEY).isEmpty(), "it is known by now");
        assertFalse(session.has(KEY));
        assertEquals(List.of(), bucket.taken());
        assertEquals(0, session.index().totals().orElseThrow().count());
        session.put(KEY, 7);
        assertEquals(List.of("put /key"), bucket.taken());
        assertEquals(1, vanished(session));
    }

    @Test
    void whoeverAsksThePlaceItselfFindsOutToo() throws DatastoreException {
        session.put(KEY, 7);
        bucket.values().remove(KEY);
        session.index().absent(KEY);
        assertEquals(1, vanished(session));
        assertFalse(session.has(KEY));
    }

    private static long vanished(FakeSession session) {
        return session.metrics().counters().getOrDefault("s3ds.index_vanished{store=\"place\"}", 0L);
    }

    @Test
    void oneWhoWaitsForTheServerKeepsNobodyWaiting() throws Exception {
        session.put(OTHER, 7);
        for (String stalled : List.of("put /key", "delete /key", "ask /key")) {
            Stall stall = new Stall(bucket, stalled, true);
            Future<?> stuck = threads.submit(() -> call(() -> stalledCall(stalled)));
            stall.await();
            assertTrue(session.has(OTHER));
            assertTrue(session.get(OTHER).isPresent());
            session.put(Key.of("/more"), 1);
            session.delete(Key.of("/more"));
            assertFalse(session.has(Key.of("/nothing")));
            session.index().status();
            stall.end();
            stuck.get();
        }
    }

    @Test
    void aSlowDiskKeepsNobodyWaitingWhoAsksForWhatIsKnown() throws Exception {
        session.put(OTHER, 7);
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        repo.tables().beforeWrite(() -> {
            stalled.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Future<?> stuck = threads.submit(() -> call(() -> session.put(KEY, 7)));
        stalled.await();
        assertTrue(session.has(OTHER));
        assertFalse(session.has(Key.of("/nothing")));
        assertEquals(Optional.empty(), session.get(Key.of("/nothing")));
        repo.tables().beforeWrite(() -> {});
        goesOn.countDown();
        stuck.get();
        assertTrue(session.has(KEY));
    }

    private void stalledCall(String call) throws DatastoreException {
        switch (call) {
            case "put /key" -> session.put(KEY, 7);
            case "delete /key" -> session.delete(KEY);
            default -> {
                assertThrows(
                        DatastoreException.class,
                        () -> session.index().put(KEY, 7, true, () -> {
                            throw new DatastoreException("no answer");
                        }));
                assertFalse(session.has(KEY));
            }
        }
    }

    /** Something that may fail as a store does. */
    private interface Step {
        void run() throws DatastoreException;
    }

    private static boolean call(Step step) throws DatastoreException {
        step.run();
        return true;
    }
}
