package org.s3ds.s3.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.AccessException;

/** Killed between any two steps of a claim, a repo knows its claims again, and nobody else gets the place. */
final class KilledClaimTest {
    @TempDir
    private Path folder = Path.of("");

    /** What is under way when the process is killed. */
    private interface Act {
        void on(Claimant session) throws Exception;
    }

    private record Killed(String what, int claimsBefore, Act act, List<String> calls) {}

    @TestFactory
    Stream<DynamicTest> atEachCall() {
        return Stream.of(
                        new Killed("first", 0, Claimant::claim, List.of("create 1", "create 1")),
                        new Killed("second", 1, Claimant::claim, List.of("create 2", "delete 1")),
                        new Killed(
                                "take", 2, session -> session.take(false), List.of("create 3", "create 3", "delete 2")),
                        new Killed("release", 2, Claimant::release, List.of("create 3", "delete 2")))
                .flatMap(killed -> Stream.iterate(0, i -> i < killed.calls().size(), i -> i + 1)
                        .flatMap(i -> Stream.of(true, false)
                                .map(before -> DynamicTest.dynamicTest(
                                        "%s, %s %s (%d)"
                                                .formatted(
                                                        killed.what(),
                                                        before ? "before" : "after",
                                                        killed.calls().get(i),
                                                        i),
                                        () -> kill(killed, i, before)))));
    }

    private void kill(Killed killed, int at, boolean before) throws Exception {
        MemoryPlace place = new MemoryPlace();
        TestRepo repo = new TestRepo(Files.createTempDirectory(folder, "repo"), place);
        for (int i = 0; i < killed.claimsBefore(); i++) {
            repo.session().claim();
        }
        int[] left = {at};
        MemoryPlace.Hook kill = call -> {
            if ((call.startsWith("create") || call.startsWith("delete")) && left[0]-- == 0) {
                throw new IllegalStateException("killed");
            }
        };
        if (before) {
            place.before(kill);
        } else {
            place.after(kill);
        }
        assertThrows(IllegalStateException.class, () -> killed.act().on(repo.session()));
        place.heal();
        recovers(repo, place);
    }

    /** As every later command does; another repo gets the place only when it was given up. */
    private void recovers(TestRepo repo, MemoryPlace place) throws Exception {
        TestRepo other = new TestRepo(Files.createTempDirectory(folder, "other"), place);
        TestRepo copy =
                Files.exists(repo.file()) ? repo.copied("copy-" + repo.folder().getFileName()) : other;
        boolean isHeld = repo.session().show().filter(held -> !held.released()).isPresent();
        if (isHeld) {
            assertThrows(AccessException.class, other.session()::claim);
        }
        Made made = repo.session().claim();
        repo.session().requireHeld(made);
        assertEquals(Set.of(made.number()), place.objects().keySet(), "what was left is cleared away");
        assertThrows(AccessException.class, other.session()::claim);
        assertThrows(AccessException.class, copy.session()::claim);
        assertTrue(repo.session().claim().number() > made.number());
    }
}
