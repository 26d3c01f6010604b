package org.s3ds.s3.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.DatastoreException;

/** Who may claim a place, who may not, and what they are told. */
final class ClaimantTest {
    private static final String COPIED =
            ": one of the two was copied, or restored from a backup or a snapshot, and only"
                    + " one may write there; see that the other never writes again, then run \"s3ds claim take\"";

    private final MemoryPlace place = new MemoryPlace();
    private Path folder = Path.of("");
    private TestRepo repo = new TestRepo(Path.of(""), place);

    @BeforeEach
    void makeRepo(@TempDir Path made) {
        folder = made;
        repo = repo("a");
    }

    private TestRepo repo(String name) {
        return new TestRepo(folder.resolve(name), place);
    }

    private static String refused(Executable call) {
        return String.valueOf(assertThrows(AccessException.class, call).getMessage());
    }

    private static Memory memory(TestRepo of) throws IOException {
        return Memory.decode(Files.readString(of.file())).orElseThrow();
    }

    @Test
    void theFirstClaimIsProvedAndEachLaterOneTakesFourRequests() throws Exception {
        assertEquals(1, repo.session().claim().number());
        assertEquals(List.of("list", "create 1", "create 1"), place.taken());
        assertEquals(2, repo.session().claim().number());
        assertEquals(List.of("list", "read 1", "create 2", "delete 1"), place.taken());
        Made third = repo.session().claim();
        assertEquals(3, third.generation());
        place.taken();
        repo.session().requireHeld(third);
        assertEquals(List.of("list", "read 3"), place.taken());
        assertEquals(
                new Claim(
                        3,
                        memory(repo).repo(),
                        3,
                        TestRepo.TIME.instant(),
                        TestRepo.TIME.instant(),
                        "host-a",
                        false,
                        true,
                        true),
                repo.session().show().orElseThrow());
    }

    @Test
    void sinceWhenAPlaceIsHeldStaysFromSessionToSession() throws Exception {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        Instant second = first.plusSeconds(86_400);
        Instant third = second.plusSeconds(86_400);
        repo.session(InstantSource.fixed(first)).claim();
        repo.session(InstantSource.fixed(second)).claim();
        assertEquals(List.of(first, second), times());
        repo.session(InstantSource.fixed(second)).release();
        repo.session(InstantSource.fixed(third)).claim();
        assertEquals(List.of(third, third), times());
    }

    private List<Instant> times() throws DatastoreException {
        Claim claim = repo.session().show().orElseThrow();
        return List.of(claim.since(), claim.made());
    }

    @Test
    void whatARepoRemembersIsForItsOwnerAlone() throws Exception {
        repo.session().claim();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(repo.file())));
        Path kept = repo.file().resolveSibling("");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        try (var files = Files.list(kept)) {
            assertEquals(List.of(repo.file()), files.toList());
        }
    }

    @Test
    void anotherRepoIsToldWhoHoldsItSinceWhenAndLeavesItAlone() throws Exception {
        Made held = repo.session().claim();
        String id = memory(repo).repo();
        assertEquals(
                "the place is held by another repo, " + id.substring(0, 8) + "… on the machine host-a, since"
                        + " 2026-11-26T04:00:00Z, which alone may write and delete there: give this repo a place of its own"
                        + " with rootDirectory; or, if that repo is gone for good, run \"s3ds claim take\""
                        + " (from a new repo, made with \"s3ds init --access read-only\")",
                refused(repo("b").session()::claim));
        repo.session().requireHeld(held);
        assertEquals(Set.of(1L), place.objects().keySet());
        assertFalse(Files.exists(repo("b").file()), "nothing was intended");
    }

    @Test
    void ofACopyAndItsOriginalTheFirstThatWritesGoesOn() throws Exception {
        repo.session().claim();
        TestRepo copy = repo.copied("copy");
        copy.session().claim();
        assertEquals(
                "the place was claimed in generation 2 of this repo, on the machine host-copy at 2026-11-26T04:00:00Z, and"
                        + " the repo here knows of no generation beyond 1" + COPIED,
                refused(repo.session()::claim));
        copy.session().claim();
        TestRepo other = copy.copied("other");
        Made held = copy.session().claim();
        assertTrue(refused(other.session()::claim).endsWith(COPIED));
        copy.session().requireHeld(held);
    }

    @Test
    void aCopyMadeInMidSessionThrowsTheOriginalOut() throws Exception {
        repo.session().claim();
        Made held = repo.session().claim();
        Made copys = repo.copied("copy").session().claim();
        assertTrue(refused(() -> repo.session().requireHeld(held)).endsWith(COPIED));
        repo("copy").session().requireHeld(copys);
        assertTrue(refused(repo.session()::claim).endsWith(COPIED));
    }

    @Test
    void aRestoredBackupIsRefusedUntilItTakesThePlace() throws Exception {
        repo.session().claim();
        TestRepo backup = repo.copied("backup");
        for (int i = 0; i < 3; i++) {
            repo.session().claim();
        }
        assertTrue(refused(backup.session()::claim).contains("generation 4 of this repo"));
        Made taken = backup.session().take(false);
        assertEquals(new Made(5, 5, taken.session(), false), taken, "above all there was");
        assertEquals(6, backup.session().claim().number());
        assertTrue(refused(repo.session()::claim).endsWith(COPIED));
    }

    @Test
    void whoTakesAPlaceThrowsOutWhoHeldIt() throws Exception {
        Made held = repo.session().claim();
        place.taken();
        Made taken = repo("b").session().take(false);
        assertEquals(List.of("list", "read 1", "create 2", "create 2", "delete 1"), place.taken());
        assertTrue(refused(() -> repo.session().requireHeld(held)).contains("on the machine host-b"));
        repo("b").session().requireHeld(taken);
        assertTrue(refused(repo.session()::claim).contains("on the machine host-b"));
        assertTrue(refused(repo.session()::release).contains("on the machine host-b"));
    }

    @Test
    void whatIsReleasedIsAnyonesWithoutAsking() throws Exception {
        repo.session().claim();
        Made released = repo.session().release().orElseThrow();
        assertTrue(released.released() && repo.session().show().orElseThrow().released());
        assertEquals(Optional.empty(), repo.session().release(), "nobody holds it");
        repo("b").session().claim();
        assertTrue(refused(repo.session()::claim).contains("on the machine host-b"));
        repo("b").session().release();
        assertEquals(5, repo.session().claim().number());
        assertTrue(refused(repo("b").session()::claim).contains("on the machine host-a"));
    }

    @Test
    void whatWasReleasedAndThenDeletedByHandMayBeClaimedAnew() throws Exception {
        repo.session().claim();
        repo.session().release();
        place.objects().clear();
        assertEquals(3, repo.session().claim().number());
    }

    @Test
    void aClaimThatWasDeletedByHandIsMissed() throws Exception {
        repo.session().claim();
        Made held = repo.session().claim();
        place.objects().clear();
        String sentence = "the claim of this repo on the place, number 2, is gone: somebody deleted what lies below"
                + " .s3ds/claim/ there, and nobody can tell who has written since; see that no other repo writes there,"
                + " then run \"s3ds claim take\"";
        assertEquals(sentence, refused(() -> repo.session().requireHeld(held)));
        assertEquals(sentence, refused(repo.session()::claim));
        assertEquals(sentence, refused(repo.session()::release));
        assertEquals(Set.of(), place.objects().keySet());
        assertEquals(3, repo.session().take(false).number());
    }

    /** The number alone does not tell whose it is. */
    @Test
    void anotherThatBeganAnewAfterAllWasDeletedIsNotTakenForUs() throws Exception {
        repo.session().claim();
        Made held = repo.session().claim();
        place.objects().clear();
        repo("b").session().claim();
        Made theirs = repo("b").session().claim();
        assertEquals(held.number(), theirs.number());
        assertTrue(refused(() -> repo.session().requireHeld(held)).contains("host-b"));
        assertTrue(refused(repo.session()::claim).contains("host-b"));
        repo("b").session().requireHeld(theirs);
    }

    @Test
    void aClaimBelowTheHighestCountsForNothing() throws Exception {
        place.put(1, "left by somebody who was killed");
        place.put(2, "this one too");
        Made taken = repo.session().take(false);
        assertEquals(3, taken.number());
        place.put(1, "and this one");
        repo.session().requireHeld(taken);
        assertEquals(4, repo.session().claim().number());
        assertEquals(Set.of(4L), place.objects().keySet());
    }

    @Test
    void whoeverMayNotDeleteMayStillWrite() throws Exception {
        place.before(call -> failOn(call, "delete"));
        for (int i = 1; i <= 3; i++) {
            assertEquals(i, repo.session().claim().number());
        }
        assertEquals(Set.of(1L, 2L, 3L), place.objects().keySet());
        place.heal();
        repo.session().claim();
        assertEquals(Set.of(4L), place.objects().keySet());
    }

    private static void failOn(String call, String beginning) throws DatastoreException {
        if (call.startsWith(beginning)) {
            throw new DatastoreException("scripted: " + call);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{}",
                "[]",
                "null",
                "{\"format\":1}",
                "{\"format\":1,\"repo\":\"x\",\"generation\":1,\"session\":\"y\",\"time\":\"z\",\"host\":\"h\",\"released\":false}\n",
                "{\"format\":1,\"repo\":\"00000000000000000000000000000000\",\"generation\":1,"
                        + "\"session\":\"00000000000000000000000000000000\",\"since\":\"yesterday\",\"time\":\"yesterday\",\"host\":\"h\",\"released\":false}\n"
            })
    void whatIsNamedAsAClaimAndIsNoneIsNobodysLeave(String text) throws Exception {
        place.put(7, text);
        String sentence =
                ".s3ds/claim/0000000000000007 in the place is named as a claim and is none, so nobody can tell"
                        + " whose the place is: see who made it and that no other repo writes there, then run \"s3ds claim take\"";
        assertEquals(sentence, refused(repo.session()::claim));
        assertEquals(sentence, refused(repo.session()::show));
        assertEquals(Optional.empty(), repo.session().release());
        assertEquals(8, repo.session().take(false).number());
    }

    @Test
    void anObjectTooLargeForAClaimIsNotEvenRead() throws Exception {
        place.objects().put(1L, new byte[4097]);
        assertTrue(refused(repo.session()::claim).contains("is none"));
        assertEquals(List.of("list"), place.taken());
    }

    @Test
    void aClaimOfANewerFormatIsForThatVersion() throws Exception {
        place.put(1, "{\"format\":2,\"lease\":\"1h\"}");
        assertEquals(
                ".s3ds/claim/0000000000000001 in the place is a claim of a newer s3ds (format 2, and this version knows 1):"
                        + " use that version; or, if the repo that made it is gone for good, run \"s3ds claim take\"",
                refused(repo.session()::claim));
    }

    @Test
    void whatAStrangerWroteIsFitForAMessage() throws Exception {
        place.put(
                1,
                "{\"format\":1,\"repo\":\"" + "0".repeat(32) + "\",\"generation\":1,\"session\":\"" + "1".repeat(32)
                        + "\",\"since\":\"2026-01-01T00:00:00Z\",\"time\":\"2026-01-01T00:00:00Z\",\"host\":\"\u001b[2J\nhüt"
                        + "x".repeat(500)
                        + "\",\"released\":false}\n");
        String sentence = refused(repo.session()::claim);
        assertTrue(sentence.contains("on the machine ?[2J?h?tx"), sentence);
        assertTrue(sentence.chars().allMatch(c -> c >= ' ') && sentence.length() < 500, sentence);
    }

    @Test
    void afterTheHighestNumberThereIsNone() throws Exception {
        place.put(9_999_999_999_999_999L, "x");
        assertTrue(refused(() -> repo.session().take(false)).startsWith("no number is left for a claim on the place"));
    }

    @Test
    void whatCannotBeToldIsNoLeave() throws Exception {
        Made held = repo.session().claim();
        for (String call : List.of("list", "read")) {
            place.before(each -> failOn(each, call));
            assertThrows(DatastoreException.class, repo.session()::claim);
            assertThrows(DatastoreException.class, () -> repo.session().requireHeld(held));
            assertThrows(DatastoreException.class, repo.session()::show);
            assertThrows(DatastoreException.class, () -> repo.session().take(true));
        }
        place.heal();
        assertEquals(2, repo.session().claim().number());
    }

    @Test
    void aDamagedMemoryIsToldAndTakenOverBy() throws Exception {
        repo.session().claim();
        Files.writeString(repo.file(), "{");
        String sentence =
                assertThrows(DatastoreException.class, repo.session()::claim).getMessage();
        assertEquals(
                repo.file()
                        + " is damaged, so this repo cannot tell which claims it made: bring it back, or see that no"
                        + " other repo writes to its place, then run \"s3ds claim take\"",
                sentence);
        repo.session().take(false);
        assertEquals(3, repo.session().claim().number());
    }

    @Test
    void withoutPutIfAbsentThereIsNoClaimUnlessForced() throws Exception {
        place.lackPutIfAbsent();
        String sentence = "the place cannot be held by one repo alone: the server replaces an object that a put with"
                + " If-None-Match must leave alone, so that two repos could claim it at once; set \"access\" to \"shared\","
                + " or, if no other repo will ever write there, use --force with \"s3ds claim take\" or \"s3ds init\"";
        assertEquals(sentence, refused(repo.session()::claim));
        assertEquals(sentence, refused(() -> repo.session().take(false)));
        assertEquals(Set.of(), place.objects().keySet());
        Made forced = repo.session().take(true);
        repo.session().requireHeld(forced);
        assertEquals(2, repo.session().claim().number());
        assertTrue(refused(repo("b").session()::claim).contains("host-a"));
    }

    @Test
    void aClaimThatWasSentByAKilledSessionAndComesLateIsOurs() throws Exception {
        repo.session().claim();
        List<byte[]> late = new ArrayList<>();
        place.before(call -> {
            if (call.equals("create 2")) {
                throw new IllegalStateException("killed, and on its way");
            }
        });
        assertThrows(IllegalStateException.class, repo.session()::claim);
        Made sent = memory(repo).intended().getFirst();
        late.add(new ClaimRecord(
                        memory(repo).repo(),
                        2,
                        sent.session(),
                        TestRepo.TIME.instant(),
                        TestRepo.TIME.instant(),
                        "h",
                        false)
                .encode());
        place.before(call -> {
            if (call.equals("create 2") && !late.isEmpty()) {
                place.objects().put(2L, late.removeFirst());
            }
        });
        assertEquals(3, repo.session().claim().number());
        assertEquals(Set.of(3L), place.objects().keySet());
    }

    @Test
    void ofManyAtOnceExactlyOneWins() throws Exception {
        int repos = 16;
        for (int round = 0; round < 20; round++) {
            String prefix = "round" + round + "-";
            List<Callable<Made>> claims = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(repos);
            for (int i = 0; i < repos; i++) {
                TestRepo one = repo(prefix + i);
                claims.add(() -> {
                    together.await();
                    return one.session().claim();
                });
            }
            assertEquals(1, winners(claims));
            for (int i = 0; i < repos; i++) {
                if (Files.exists(repo(prefix + i).file())
                        && memory(repo(prefix + i)).holds()) {
                    repo(prefix + i).session().release();
                }
            }
        }
    }

    private static int winners(List<Callable<Made>> claims) throws InterruptedException {
        int winners = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Made> claim : threads.invokeAll(claims)) {
                try {
                    claim.get();
                    winners++;
                } catch (ExecutionException e) {
                    assertTrue(e.getCause() instanceof AccessException, e.toString());
                }
            }
        }
        return winners;
    }
}
