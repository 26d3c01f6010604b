package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.StoreIndex.State;
import org.s3ds.datastore.TableChanges;

/** What an earlier session knew is believed only when nobody else can have been at the place, or in the repo, since. */
final class TrustTest {
    private static final Key OURS = Key.of("/ours");
    private static final Key GONE = Key.of("/gone");
    private static final Key LATER = Key.of("/later");

    private final FakeBucket bucket = new FakeBucket();

    @TempDir
    private Path folder = Path.of("");

    @TempDir
    private Path other = Path.of("");

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

    /** Somebody whom the index must notice has been there. */
    private void otherWasThere() {
        bucket.values().remove(GONE);
        bucket.values().put(LATER, 9L);
    }

    private void assertSeesOthers(FakeSession session) throws DatastoreException {
        assertFalse(session.has(GONE));
        assertEquals(OptionalLong.of(9), session.size(LATER));
        assertEquals(OptionalLong.of(7), session.size(OURS));
    }

    private static void assertBelieves(FakeSession session) throws DatastoreException {
        assertEquals(OptionalLong.of(7), session.size(OURS));
        assertEquals(OptionalLong.of(7), session.size(GONE));
        assertFalse(session.has(LATER));
        assertTrue(session.get(LATER).isEmpty());
    }

    @Test
    void theSameClaimIsBelievedAfterOneLook() throws DatastoreException {
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(OURS));
            assertEquals(List.of("claim"), bucket.taken());
            assertBelieves(session);
            assertEquals(Optional.of(List.of(GONE, OURS)), session.keys());
            assertEquals(14, session.index().totals().orElseThrow().bytes());
            session.put(OURS, 7);
            assertEquals(List.of("claim"), bucket.taken(), "this session's own");
            assertBelieves(session);
            assertEquals(List.of(), bucket.taken());
        }
    }

    @Test
    void closingAndOpeningAsksNothing() throws DatastoreException {
        repo.exclusive().close();
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.get(OURS).isPresent());
            assertEquals(List.of("get /ours"), bucket.taken());
        }
    }

    @Test
    void whereAnotherHasClaimedNothingIsBelieved() throws DatastoreException {
        otherWasThere();
        bucket.makeClaim();
        try (FakeSession session = repo.exclusive()) {
            assertSeesOthers(session);
            assertEquals(State.UNCLAIMED, session.index().status().state());
            assertTrue(session.keys().isEmpty());
            assertTrue(session.index().totals().isEmpty());
            assertTrue(session.get(GONE).isEmpty(), "vanished is told where the place is ours alone");
            DatastoreException refused =
                    assertThrows(DatastoreException.class, () -> session.index().rebuild(so -> {}));
            assertTrue(refused.toString().contains("holds no claim"), refused.toString());
        }
    }

    @Test
    void aClaimOfThisRepoThatTheIndexDoesNotKnowEndsIt() throws DatastoreException {
        repo.makeClaim();
        otherWasThere();
        try (FakeSession session = repo.exclusive()) {
            assertSeesOthers(session);
            assertTrue(session.index().awaitLoaded(Duration.ofMinutes(1)));
            assertEquals(Optional.of(List.of(LATER, OURS)), session.keys());
        }
    }

    /** As by a collection that finds no garbage. */
    @Test
    void aClaimUnderWhichNothingWasWrittenEndsNothing() throws DatastoreException {
        for (boolean isLookedAt : List.of(true, false)) {
            try (FakeSession session = repo.exclusive()) {
                if (isLookedAt) {
                    assertTrue(session.has(OURS));
                }
                session.requireDeletes();
            }
            bucket.taken();
            try (FakeSession session = repo.exclusive()) {
                assertBelieves(session);
                assertEquals(
                        List.of("claim"),
                        bucket.taken().stream()
                                .filter(call -> !call.startsWith("get"))
                                .toList());
            }
        }
    }

    @Test
    void aLookFromOutsideOpensNothingAndAsksNobody() throws DatastoreException {
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.index().seen().isEmpty());
            assertTrue(session.index().totals().isPresent(), "opens it");
            assertTrue(session.index().seen().isEmpty(), "nobody asked whose the place is");
            assertEquals(List.of(), bucket.taken());
            assertTrue(session.has(OURS));
            assertEquals(session.index().status(), session.index().seen().orElseThrow());
        }
        try (FakeSession session = repo.shared()) {
            assertTrue(session.index().seen().isEmpty());
            assertTrue(session.has(OURS));
            assertEquals(State.PARTIAL, session.index().seen().orElseThrow().state());
        }
    }

    @Test
    void aPlaceTakenBackIsListedAnew() throws DatastoreException {
        bucket.makeClaim();
        otherWasThere();
        try (FakeSession session = repo.exclusive()) {
            session.put(Key.of("/mine"), 1);
            assertSeesOthers(session);
            assertTrue(session.index().awaitLoaded(Duration.ofMinutes(1)));
            assertEquals(3, session.index().totals().orElseThrow().count());
        }
    }

    @Test
    void aClaimLostInMidSessionEndsIt() throws DatastoreException {
        try (FakeSession session = repo.exclusive()) {
            session.put(Key.of("/mine"), 1);
            bucket.makeClaim();
            otherWasThere();
            assertThrows(AccessException.class, () -> session.put(LATER, 9));
            assertSeesOthers(session);
            assertTrue(session.keys().isEmpty());
        }
    }

    /** What was found absent while it was ours is not absent for so long as that is remembered. */
    @Test
    void whatWasAbsentBeforeTheClaimWasLostIsAskedAgain() throws DatastoreException {
        repo.makeClaim();
        bucket.before(call -> {
            if (call.startsWith("list")) {
                throw new DatastoreException("no listing yet");
            }
        });
        try (FakeSession session = repo.exclusive()) {
            session.put(Key.of("/mine"), 1);
            assertFalse(session.has(LATER));
            bucket.makeClaim();
            otherWasThere();
            assertThrows(AccessException.class, () -> session.put(Key.of("/more"), 9));
            assertSeesOthers(session);
        }
    }

    /** A write that passed before the claim was lost must not make the index believe again. */
    @Test
    void aClaimOnceLostIsNotHeldAgain() throws DatastoreException {
        try (Ledger ledger = ledger("boot")) {
            ledger.claimed(new Ownership("claim 9", repo.claim()));
            ledger.disown();
            ledger.claimed(new Ownership("claim 9", repo.claim()));
            assertFalse(ledger.outlook().isAlone());
        }
    }

    @Test
    void anotherProgramInTheRepoEndsIt() throws DatastoreException {
        otherWasThere();
        repo.tables().beginEra("2");
        try (FakeSession session = repo.exclusive()) {
            session.put(GONE, 7);
            assertTrue(bucket.taken().contains("put /gone"), "it is known of no more");
            session.delete(GONE);
            assertTrue(session.index().awaitLoaded(Duration.ofMinutes(1)));
            assertSeesOthers(session);
        }
    }

    /** Also when the table says that it has lost nothing. */
    @Test
    void aMachineStartedAnewEndsIt() throws DatastoreException {
        Ledger killed = ledger("boot 1");
        killed.claimed(new Ownership("claim 9", repo.claim()));
        killed.begin(List.of(OURS));
        repo.tables().kill();
        try (Ledger next = ledger("boot 1")) {
            assertTrue(next.outlook().state().isComplete(), "the process was killed");
        }
        Ledger again = ledger("boot 1");
        again.begin(List.of(OURS));
        repo.tables().kill();
        try (Ledger next = ledger("boot 2")) {
            assertFalse(next.outlook().state().isComplete(), "the machine was");
            assertEquals(0, next.totals().count());
        }
    }

    @Test
    void whereTheMachinesStartCannotBeToldAKillIsACrash() throws DatastoreException {
        Ledger killed = ledger("");
        killed.begin(List.of(OURS));
        repo.tables().kill();
        try (Ledger next = ledger("")) {
            assertFalse(next.outlook().state().isComplete());
        }
    }

    private Ledger ledger(String writer) throws DatastoreException {
        return new Ledger(
                repo.tables().open("place"),
                new IndexOptions(true, FakeRepo.PRESENT_FOR, FakeRepo.ABSENT_FOR),
                repo.tables().era(),
                writer,
                InstantSource.system());
    }

    /** Of a repo that a process had open. */
    @Test
    void aCopyIsNotBelieved() throws DatastoreException {
        FakeSession open = repo.exclusive();
        open.put(Key.of("/mine"), 1);
        repo.tables().kill();
        otherWasThere();
        try (FakeSession copy = repo.movedTo(other).exclusive()) {
            assertSeesOthers(copy);
        }
    }

    /** Of a closed one: the original goes on, under a claim that the copy does not know. */
    @Test
    void aCopyOfAClosedRepoIsNotBelievedOnceTheOriginalWrites() throws DatastoreException {
        FakeRepo copied = repo.movedTo(other);
        repo.makeClaim();
        otherWasThere();
        try (FakeSession copy = copied.exclusive()) {
            assertSeesOthers(copy);
            assertEquals(State.UNCLAIMED, copy.index().status().state());
        }
    }

    @Test
    void whatWasSeenWhileThePlaceWasSharedIsNotBelievedWhenItIsOurs() throws DatastoreException {
        FakeRepo sharing = new FakeRepo(bucket, folder);
        try (FakeSession shared = sharing.shared()) {
            assertTrue(shared.has(GONE));
        }
        otherWasThere();
        try (FakeSession session = sharing.exclusive()) {
            session.put(Key.of("/mine"), 1);
            assertSeesOthers(session);
        }
    }

    @Test
    void whatWasKnownBeforeThePlaceWasSharedIsNotBelievedAfterwards() throws DatastoreException {
        try (FakeSession shared = repo.shared()) {
            assertSeesBoth(shared);
        }
        otherWasThere();
        try (FakeSession session = repo.exclusive()) {
            assertSeesOthers(session);
        }
    }

    private static void assertSeesBoth(FakeSession session) throws DatastoreException {
        assertTrue(session.has(OURS));
        assertTrue(session.has(GONE));
    }

    /** Of a later version of this program, say: then nothing that is there is believed, nor counted. */
    @Test
    void aStateInAnotherFormatEndsIt() throws DatastoreException {
        try (KeyTable table = repo.tables().open("place")) {
            table.write(new TableChanges().record("state", "2\nother".getBytes(StandardCharsets.UTF_8)));
        }
        repo.pass(Duration.ofSeconds(1));
        otherWasThere();
        bucket.makeClaim();
        try (FakeSession session = repo.exclusive()) {
            session.put(Key.of("/mine"), 1);
            assertSeesOthers(session);
            assertTrue(session.index().awaitLoaded(Duration.ofMinutes(1)));
            assertEquals(3, session.index().totals().orElseThrow().count());
        }
    }

    /** What was read is as of the moment when it began, and what was not read is no end. */
    @Test
    void aListingThatAnotherEpochOvertakesIsNoShorter() throws DatastoreException {
        try (FakeSession session = repo.exclusive();
                ScanResults.Source begun = session.index().keys().orElseThrow();
                ScanResults.Source unread = session.index().keys().orElseThrow()) {
            assertEquals(GONE, begun.next().orElseThrow().key());
            session.index().rebuild(so -> {});
            assertEquals(OURS, begun.next().orElseThrow().key());
            assertThrows(DatastoreException.class, unread::next);
        }
    }
}
