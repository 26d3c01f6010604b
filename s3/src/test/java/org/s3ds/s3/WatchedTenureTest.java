package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.claims.MemoryPlace;
import org.s3ds.s3.claims.TestRepo;

/** When a store claims its place, when it looks again, and what it does when it has lost it. */
final class WatchedTenureTest {
    private static final List<String> LOOK = List.of("list", "read 1");

    private final MemoryPlace place = new MemoryPlace();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-26T04:00:00Z"));
    private TestRepo repo = new TestRepo(Path.of(""), place);
    private TestRepo other = new TestRepo(Path.of(""), place);
    private Tenure tenure = new WatchedTenure<>(new Claims.Claiming(repo::session), now::get);

    @BeforeEach
    void open(@TempDir Path folder) {
        repo = new TestRepo(folder.resolve("a"), place);
        other = new TestRepo(folder.resolve("b"), place);
        tenure = new WatchedTenure<>(new Claims.Claiming(repo::session), now::get);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static String refused(Executable call) {
        return String.valueOf(assertThrows(AccessException.class, call).getMessage());
    }

    @Test
    void whoSharesAPlaceLooksOutForOneThatHoldsIt() throws Exception {
        Tenure sharing = new WatchedTenure<>(new Claims.Sharing(repo::session), now::get);
        sharing.require();
        sharing.require();
        assertEquals(List.of("list"), place.taken());
        other.session().claim();
        place.taken();
        sharing.require();
        pass(WatchedTenure.LOOK_AGAIN);
        assertTrue(refused(sharing::require).contains("is held by another repo"));
        assertEquals(LOOK, place.taken());
        other.session().release();
        Tenure next = new WatchedTenure<>(new Claims.Sharing(repo::session), now::get);
        next.require();
    }

    @Test
    void theFirstWriteClaimsAndOnlyThat() throws Exception {
        assertEquals(List.of(), place.taken());
        tenure.require();
        assertEquals(List.of("list", "create 1", "create 1"), place.taken());
        tenure.require();
        assertEquals(List.of(), place.taken());
    }

    @Test
    void itIsLookedAtAgainOnceAMinute() throws Exception {
        tenure.require();
        place.taken();
        pass(Duration.ofSeconds(59));
        tenure.require();
        assertEquals(List.of(), place.taken());
        pass(Duration.ofSeconds(1));
        tenure.require();
        tenure.require();
        assertEquals(LOOK, place.taken());
        pass(Duration.ofMinutes(-30));
        tenure.require();
        assertEquals(LOOK, place.taken(), "a clock that was put back tells nothing");
    }

    @Test
    void whoeverWantsToDeleteLooksAtOnce() throws Exception {
        tenure.requireNow();
        assertEquals(List.of("list", "create 1", "create 1"), place.taken());
        tenure.requireNow();
        assertEquals(LOOK, place.taken());
        tenure.require();
        assertEquals(List.of(), place.taken(), "that look is good for writes as well");
    }

    @Test
    void whoLostItMayNotDeleteAtOnceNorWriteWithinAMinuteAndNeverAgain() throws Exception {
        tenure.require();
        other.session().take(false);
        tenure.require(); // within the minute
        String sentence = refused(tenure::requireNow);
        assertTrue(sentence.startsWith("the place is held by another repo, "), sentence);
        assertEquals(sentence, refused(tenure::require));
        place.taken();
        other.session().release();
        place.taken();
        pass(Duration.ofHours(1));
        assertEquals(sentence, refused(tenure::require));
        assertEquals(sentence, refused(tenure::requireNow));
        assertEquals(List.of(), place.taken(), "nothing more is asked");
    }

    @Test
    void aWriteAMinuteAfterATakeOverIsRefused() throws Exception {
        tenure.require();
        other.session().take(false);
        pass(WatchedTenure.LOOK_AGAIN);
        assertTrue(refused(tenure::require).startsWith("the place is held by another repo, "));
    }

    @Test
    void whatCouldNotBeToldIsAskedAgainByTheNextWrite() throws Exception {
        place.before(call -> {
            throw new DatastoreException("scripted");
        });
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "scripted",
                    assertThrows(DatastoreException.class, tenure::require).getMessage());
        }
        place.heal();
        tenure.require();
        place.before(call -> {
            throw new DatastoreException("scripted");
        });
        assertThrows(DatastoreException.class, tenure::requireNow);
        assertThrows(DatastoreException.class, tenure::require);
        place.heal();
        place.taken();
        tenure.require();
        assertEquals(LOOK, place.taken(), "it is the claim of before");
    }

    @Test
    void whoIsRefusedAtFirstMayTryAgain() throws Exception {
        other.session().claim();
        refused(tenure::require);
        other.session().release();
        tenure.require();
    }

    @Test
    void manyFirstWritesWaitForOneClaim() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        place.before(call -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new DatastoreException("interrupted", e);
            }
        });
        Callable<Boolean> write = () -> {
            tenure.require();
            return true;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> writes =
                    Stream.generate(() -> threads.submit(write)).limit(50).toList();
            asked.await();
            answer.countDown();
            for (Future<Boolean> each : writes) {
                assertTrue(each.get());
            }
        }
        assertEquals(List.of("list", "create 1", "create 1"), place.taken());
    }

    @Test
    void anInterruptEndsTheWaitOfOneAndNotTheClaim() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        place.before(call -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new DatastoreException("the claim was interrupted", e);
            }
        });
        AtomicReference<Throwable> failure = new AtomicReference<>(new AssertionError("none"));
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                tenure.require();
            } catch (DatastoreException e) {
                failure.set(e);
            }
        });
        asked.await();
        first.interrupt();
        first.join();
        assertEquals("claiming the place was interrupted", failure.get().getMessage());
        answer.countDown();
        tenure.require();
        assertEquals(List.of("list", "create 1", "create 1"), place.taken());
        assertSame(1, place.objects().size());
    }
}
