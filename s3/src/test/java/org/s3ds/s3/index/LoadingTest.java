package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.State;
import org.s3ds.datastore.StoreIndex.Totals;

/** An index is filled from a listing while its store is in use. */
@Timeout(60)
final class LoadingTest {
    private static final int KEYS = 200;
    private static final Key EARLY = key(3);
    private static final Key LATE = key(150);

    private final FakeBucket bucket = new FakeBucket();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder = Path.of("");

    private FakeRepo repo = new FakeRepo(bucket, folder);

    @BeforeEach
    void fill() {
        repo = new FakeRepo(bucket, folder);
        for (int i = 0; i < KEYS; i++) {
            bucket.values().put(key(i), 7L);
        }
        repo.makeClaim();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static Key key(int i) {
        return Key.of("/k%03d".formatted(i));
    }

    /** Held up after a page: the keys of the first five pages are covered by then. */
    private Stall stalledListing() {
        return new Stall(bucket, "list /k049", true);
    }

    private static void complete(FakeSession session) throws DatastoreException {
        assertTrue(session.index().awaitLoaded(Duration.ofMinutes(1)));
        assertEquals(State.COMPLETE, session.index().status().state());
    }

    @Test
    void whatIsCoveredIsAnsweredAndTheRestIsAsked() throws DatastoreException {
        Stall listing = stalledListing();
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(key(0)));
            listing.await();
            bucket.taken();
            assertTrue(session.has(EARLY));
            assertFalse(session.has(Key.of("/k0030")));
            assertEquals(List.of(), bucket.taken());
            assertTrue(session.has(LATE));
            assertTrue(session.has(LATE));
            assertFalse(session.has(Key.of("/k1500")));
            assertFalse(session.has(Key.of("/k1500")));
            assertEquals(List.of("ask /k150", "ask /k1500"), bucket.taken());
            assertEquals(State.LOADING, session.index().status().state());
            assertEquals(Optional.of(key(49)), session.index().status().loadedTo());
            assertTrue(session.index().totals().isEmpty());
            assertFalse(session.index().awaitLoaded(Duration.ZERO));
            listing.end();
            complete(session);
            assertEquals(new Totals(KEYS, 7L * KEYS), session.index().totals().orElseThrow());
            assertEquals(List.copyOf(bucket.values().keySet()), session.keys().orElseThrow());
        }
    }

    /** The page that was on its way when it went shows it still. */
    @Test
    void whatIsDeletedMeanwhileStaysDeleted() throws DatastoreException {
        Stall listing = stalledListing();
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(key(0)));
            listing.await();
            session.delete(List.of(EARLY, key(51), LATE));
            session.put(Key.of("/k0511"), 9);
            session.put(key(52), 9);
            bucket.taken();
            assertGone(session);
            listing.end();
            complete(session);
            assertGone(session);
            assertFalse(bucket.taken().stream().anyMatch(call -> call.startsWith("ask")));
            assertEquals(KEYS - 2, session.index().totals().orElseThrow().count());
            assertEquals(List.copyOf(bucket.values().keySet()), session.keys().orElseThrow());
        }
    }

    private static void assertGone(FakeSession session) throws DatastoreException {
        assertFalse(session.has(EARLY));
        assertFalse(session.has(key(51)));
        assertFalse(session.has(LATE));
        assertEquals(9, session.size(Key.of("/k0511")).orElseThrow());
        assertEquals(9, session.size(key(52)).orElseThrow());
    }

    @Test
    void whatChangesWhileItsPageComesIsAsItBecame() throws Exception {
        Stall delete = new Stall(bucket, "delete /k150", false);
        try (FakeSession session = repo.exclusive()) {
            Future<?> deleting = threads.submit(() -> {
                session.delete(LATE);
                return true;
            });
            delete.await();
            complete(session);
            delete.end();
            deleting.get();
            bucket.taken();
            assertFalse(session.has(LATE));
            assertEquals(List.of(), bucket.taken());
            assertEquals(KEYS - 1, session.index().totals().orElseThrow().count());
        }
    }

    /** Whoever found that its bytes are wrong did so before anything was listed. */
    @Test
    void whatWasFoundWrongBeforeItIsKnownIsSentAgain() throws DatastoreException {
        try (FakeSession session = repo.exclusive()) {
            session.index().note(EARLY, StoreIndex.SUSPECT);
            session.index().note(LATE, StoreIndex.SUSPECT);
            session.index().note(key(KEYS), StoreIndex.SUSPECT);
            assertFalse(session.has(key(KEYS)), "a note says nothing about what is there");
        }
        try (FakeSession session = repo.exclusive()) {
            complete(session);
            assertEquals(List.copyOf(bucket.values().keySet()), session.keys().orElseThrow());
            bucket.taken();
            for (int i = 0; i < 2; i++) {
                session.put(EARLY, 7);
                session.put(LATE, 7);
            }
            assertEquals(List.of("claim", "put /k003", "put /k150"), bucket.taken());
        }
    }

    @Test
    void interruptedItGoesOnWhereItWas() throws DatastoreException {
        Stall listing = stalledListing();
        FakeSession session = repo.exclusive();
        assertTrue(session.has(key(0)));
        listing.await();
        session.delete(LATE);
        session.close();
        bucket.heal();
        bucket.taken();
        try (FakeSession next = repo.exclusive()) {
            complete(next);
            assertFalse(next.has(LATE));
            assertEquals(KEYS - 1, next.index().totals().orElseThrow().count());
            assertFalse(bucket.taken().stream().anyMatch(call -> call.startsWith("list /k00")), "that was covered");
        }
    }

    /** As commands do that end before the second page is there. */
    @Test
    void sessionsThatOnlyReadGetOnWithIt() throws DatastoreException {
        for (int i = 0; i < 5; i++) {
            AtomicInteger pages = new AtomicInteger();
            bucket.after(call -> {
                if (call.startsWith("list") && pages.getAndIncrement() == 1) {
                    throw new DatastoreException("the session has ended");
                }
            });
            try (FakeSession session = repo.exclusive()) {
                assertTrue(session.has(LATE));
            }
        }
        bucket.heal();
        bucket.taken();
        try (FakeSession session = repo.exclusive()) {
            complete(session);
            assertTrue(bucket.taken().contains("list /k049"), "five pages are known");
            assertEquals(KEYS, session.index().totals().orElseThrow().count());
        }
    }

    /** How far it came is written down with every 16th page. */
    @Test
    void killedItGoesOnNotFarFromWhereItWas() throws DatastoreException {
        Stall listing = new Stall(bucket, "list /k179", true);
        FakeSession session = repo.exclusive();
        assertTrue(session.has(key(0)));
        listing.await();
        session.kill();
        bucket.heal();
        bucket.taken();
        try (FakeSession next = repo.exclusive()) {
            complete(next);
            assertEquals(KEYS, next.index().totals().orElseThrow().count());
            assertTrue(bucket.taken().stream()
                            .filter(call -> call.startsWith("list"))
                            .count()
                    <= 5);
        }
    }

    /** What failed comes again, after a second. */
    @Test
    void aListingThatFailsIsTakenUpAgain() throws DatastoreException {
        AtomicInteger left = new AtomicInteger(1);
        bucket.before(call -> {
            if (call.equals("list /k049") && left.getAndDecrement() > 0) {
                throw new DatastoreException("no answer");
            }
        });
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(LATE));
            complete(session);
            assertEquals(1, bucket.taken().stream().filter("list "::equals).count());
            assertEquals(KEYS, session.index().totals().orElseThrow().count());
        }
    }

    /** What seemed to be covered may not be. */
    @Test
    void aServerWithoutAnOrderIsListedPageByPage() throws DatastoreException {
        bucket.after(call -> {
            if (call.equals("list /k049")) {
                bucket.beInDisorder();
            }
        });
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(LATE));
            complete(session);
            assertEquals(KEYS, session.index().totals().orElseThrow().count());
            assertEquals(List.copyOf(bucket.values().keySet()), session.keys().orElseThrow());
        }
    }

    /** Nothing is covered before the end, so all but what was seen is asked for. */
    @Test
    void pageByPageDeletesStayDeleted() throws DatastoreException {
        bucket.beInDisorder();
        Stall listing = stalledListing();
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(key(0)));
            listing.await();
            session.delete(List.of(EARLY, LATE, key(51)));
            assertFalse(session.has(EARLY));
            bucket.taken();
            assertFalse(session.has(Key.of("/k0030")));
            assertEquals(List.of("ask /k0030"), bucket.taken());
            listing.end();
            complete(session);
            assertEquals(List.copyOf(bucket.values().keySet()), session.keys().orElseThrow());
            assertEquals(KEYS - 3, session.index().totals().orElseThrow().count());
        }
    }

    @Test
    void itIsBuiltAnewWhileItIsInUse() throws Exception {
        try (FakeSession session = repo.exclusive().loaded()) {
            bucket.values().remove(EARLY);
            bucket.values().put(Key.of("/stranger"), 9L);
            Stall listing = new Stall(bucket, "list /k050", true);
            List<Long> progress = new ArrayList<>();
            Future<Totals> rebuilding = threads.submit(() -> session.index().rebuild(so -> progress.add(so.count())));
            listing.await();
            session.put(Key.of("/new"), 1);
            session.delete(key(199));
            assertTrue(session.has(LATE));
            assertTrue(session.has(Key.of("/stranger")));
            assertFalse(session.has(EARLY));
            listing.end();
            assertEquals(new Totals(KEYS, 7L * (KEYS - 2) + 9 + 1), rebuilding.get());
            assertEquals(List.copyOf(bucket.values().keySet()), session.keys().orElseThrow());
            assertTrue(progress.getLast() >= KEYS - 1, progress.toString());
        }
    }

    /** As soon as one says that it is done, the next begins. */
    @Test
    void itIsBuiltAnewAgainAndAgain() throws DatastoreException {
        try (FakeSession session = repo.exclusive().loaded()) {
            for (int i = 0; i < 50; i++) {
                assertEquals(KEYS, session.index().rebuild(so -> {}).count());
            }
        }
    }

    @Test
    void aRebuildThatFailsSaysSo() throws DatastoreException {
        try (FakeSession session = repo.exclusive().loaded()) {
            bucket.before(call -> {
                if (call.startsWith("list")) {
                    throw new DatastoreException("no answer");
                }
            });
            DatastoreException failure =
                    assertThrows(DatastoreException.class, () -> session.index().rebuild(so -> {}));
            assertTrue(failure.toString().contains("no answer"), failure.toString());
            assertTrue(session.has(LATE), "asked for");
        }
    }

    /** Though it rests, after failures, for minutes. */
    @Test
    void aRebuildAfterAnOutageBeginsAtOnce() throws DatastoreException {
        bucket.before(call -> {
            if (call.startsWith("list")) {
                throw new DatastoreException("no answer");
            }
        });
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(LATE));
            bucket.heal();
            assertEquals(KEYS, session.index().rebuild(so -> {}).count());
        }
    }

    @Test
    void aLoadingThatDiedBeginsAnew() throws DatastoreException {
        AtomicInteger left = new AtomicInteger(1);
        bucket.before(call -> {
            if (call.equals("list /k049") && left.getAndDecrement() > 0) {
                throw new StackOverflowError("of a test");
            }
        });
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(LATE));
            assertTrue(session.index().awaitLoaded(Duration.ofMinutes(1)), "nobody waits for what is gone");
            complete(session);
            assertEquals(KEYS, session.index().totals().orElseThrow().count());
        }
    }
}
