package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** What is believed after a session that was killed, or crashed with its machine, or whose table was damaged. */
final class EndedSessionTest {
    private static final Key OURS = Key.of("/ours");
    private static final Key GONE = Key.of("/gone");
    private static final Key LATER = Key.of("/later");

    private final FakeBucket bucket = new FakeBucket();

    @TempDir
    private Path folder = Path.of("");

    private FakeRepo repo = new FakeRepo(bucket, folder);

    /** A session that has put two values, closed; what becomes of the place later, it cannot know. */
    @BeforeEach
    void fill() throws DatastoreException {
        repo = new FakeRepo(bucket, folder);
        try (FakeSession session = repo.exclusive().loaded()) {
            session.put(OURS, 7);
            session.put(GONE, 7);
        }
        bucket.taken();
    }

    private void assertSeesOthers(FakeSession session) throws DatastoreException {
        assertFalse(session.has(GONE));
        assertEquals(OptionalLong.of(9), session.size(LATER));
        assertEquals(OptionalLong.of(7), session.size(OURS));
    }

    @Test
    void aKilledProcessTakesNothingWithIt() throws DatastoreException {
        FakeSession killed = repo.exclusive();
        killed.put(LATER, 9);
        killed.delete(GONE);
        killed.kill();
        bucket.taken();
        try (FakeSession session = repo.exclusive()) {
            assertSeesOthers(session);
            assertEquals(List.of("claim"), bucket.taken());
        }
    }

    @Test
    void whatAKilledProcessWasDoingIsAskedAbout() throws DatastoreException {
        FakeSession killed = repo.exclusive();
        bucket.after(call -> {
            if (call.startsWith("put") || call.startsWith("delete")) {
                repo.tables().kill();
                throw new DatastoreException("killed");
            }
        });
        assertThrows(DatastoreException.class, () -> killed.put(LATER, 9));
        killed.kill();
        FakeSession killedAgain = repo.exclusive();
        assertThrows(DatastoreException.class, () -> killedAgain.delete(GONE));
        killedAgain.kill();
        bucket.heal();
        bucket.taken();
        try (FakeSession session = repo.exclusive()) {
            assertEquals(2, session.index().status().doubtful());
            assertSeesOthers(session);
            assertEquals(
                    List.of("ask /gone", "ask /later", "claim"),
                    bucket.taken().stream().sorted().toList());
            assertEquals(0, session.index().status().doubtful());
            assertSeesOthers(session);
            assertEquals(List.of(), bucket.taken());
            assertEquals(16, session.index().totals().orElseThrow().bytes());
        }
    }

    /** Nor is it shown, when it turns out that the index knows nothing of the claim that counts. */
    @Test
    void sumsAreNoneWhenNothingIsBelievedAnyMore() throws DatastoreException {
        FakeSession killed = repo.exclusive();
        bucket.before(call -> {
            if (call.startsWith("put")) {
                throw new DatastoreException("no answer");
            }
        });
        assertThrows(DatastoreException.class, () -> killed.put(LATER, 9));
        killed.kill();
        bucket.heal();
        repo.makeClaim();
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.index().totals().isEmpty());
        }
    }

    /** Sums and listings need no earlier look at what was left open. */
    @Test
    void sumsAfterAKillAreExact() throws DatastoreException {
        FakeSession killed = repo.exclusive();
        bucket.after(call -> {
            if (call.startsWith("delete")) {
                throw new DatastoreException("no answer");
            }
        });
        assertThrows(DatastoreException.class, () -> killed.delete(GONE));
        killed.kill();
        bucket.heal();
        try (FakeSession session = repo.exclusive()) {
            assertEquals(1, session.index().totals().orElseThrow().count());
            assertEquals(Optional.of(List.of(OURS)), session.keys());
        }
    }

    @Test
    void aLostTailEndsIt() throws DatastoreException {
        FakeSession session = repo.exclusive();
        session.put(LATER, 9);
        session.delete(GONE);
        session.crash();
        try (FakeSession next = repo.exclusive()) {
            assertSeesOthers(next);
            assertTrue(next.index().awaitLoaded(Duration.ofMinutes(1)));
            assertSeesOthers(next);
        }
    }

    /** As when the engine's logs are empty, and its other files are not: epochs are counted from the first again. */
    @Test
    void whatIsLeftWhereTheStateIsLostIsNeverBelievedAgain() throws DatastoreException {
        for (int i = 0; i < 5; i++) {
            try (FakeSession session = repo.exclusive()) {
                session.delete(GONE);
                session.put(GONE, 7);
            }
            repo.tables().loseRecords();
            repo.pass(Duration.ofSeconds(1));
            bucket.values().remove(GONE);
            try (FakeSession session = repo.exclusive()) {
                assertFalse(session.has(GONE));
                session.put(GONE, 7);
                assertTrue(session.has(GONE));
            }
        }
    }
}
