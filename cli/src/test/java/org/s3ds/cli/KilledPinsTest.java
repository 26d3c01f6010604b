package org.s3ds.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes of pins that are killed while they are written: each pin is as it was before or as it should be after, and
 * whole. The seed of what is done and when it is killed is printed; {@code -Ds3ds.seed=N} repeats it.
 */
@Tag("packaged")
class KilledPinsTest {
    private static final int KILLED = 128 + 9;
    private static final int TREES = 4;

    /** Writes to the log of LevelDB that a change makes, syncs aside. */
    private static final int WRITES = 10;

    /** A process that was faster than we are is not killed; so often we try. */
    private static final int ATTEMPTS = 20;

    @TempDir
    Path directory;

    private final Random random;
    private final List<String> roots = new ArrayList<>();
    private Cli cli = new Cli(Path.of(""));

    KilledPinsTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed pins: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    /** How many changes are killed. */
    int kills() {
        return 3;
    }

    /** Where the bucket is. */
    TestBucket bucket() throws IOException {
        return TestBucket.embedded(directory.resolve("server"));
    }

    /**
     * A change of pins.
     *
     * @param words the command
     * @param after the recursive pins when it has ended
     */
    private record Change(List<String> words, Set<String> after) {}

    @Test
    void aPinIsAsBeforeOrAsAfter() throws Exception {
        try (TestBucket bucket = bucket()) {
            cli = new Cli(directory);
            TestRepo.init(cli, bucket.spec("node1"));
            addTrees();
            Set<String> pinned = pinned();
            int killed = 0;
            for (int attempt = 0; killed < kills(); attempt++) {
                assertTrue(attempt < kills() * ATTEMPTS, "only " + killed + " processes could be killed");
                Change change = anyChange(pinned);
                int exit = killAfter(1 + random.nextInt(WRITES), change.words);
                pinned = exit == 0 ? assertDone(change) : assertOneOrTheOther(pinned, change);
                killed += exit == KILLED ? 1 : 0;
            }
            assertFalse(Files.exists(cli.repo().resolve("repo.lock")), "the lock is left");
        }
    }

    /** Folders that have files in common. */
    private void addTrees() throws IOException {
        for (int i = 0; i < TREES; i++) {
            Path tree = Files.createDirectory(directory.resolve("tree" + i));
            for (int file = 0; file < 3; file++) {
                Files.writeString(tree.resolve("file" + file), file == 0 ? "common" : "file " + file + " of " + i);
            }
            roots.add(run("add", "-r", "-Q", "--cid-version=1", "--pin=false", tree.toString())
                    .strip());
        }
    }

    private String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    private Set<String> pinned() {
        return new TreeSet<>(run("pin", "ls", "-q", "--type=recursive").lines().toList());
    }

    private Change anyChange(Set<String> pinned) {
        String root = roots.get(random.nextInt(TREES));
        Set<String> after = new TreeSet<>(pinned);
        if (after.add(root)) {
            return new Change(List.of("pin", "add", "--name=tree", root), after);
        }
        String other = roots.get(random.nextInt(TREES));
        boolean update = random.nextBoolean() && after.add(other);
        after.remove(root);
        return new Change(update ? List.of("pin", "update", root, other) : List.of("pin", "rm", root), after);
    }

    /** Runs a command, and kills it once it has written so often to the log of its LevelDB; gives its exit code. */
    private int killAfter(int writes, List<String> words) throws Exception {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            cli.repo().resolve("datastore").register(watch, ENTRY_MODIFY);
            Process process = LauncherProcess.start(
                    directory, TestRepo.environment(cli), TestRepo.command(words.toArray(String[]::new)));
            int seen = 0;
            while (seen < writes && process.isAlive()) {
                WatchKey key = watch.poll(10, TimeUnit.MILLISECONDS);
                if (key != null) {
                    seen += writesToLog(key);
                    key.reset();
                }
            }
            process.destroyForcibly();
            int exit = process.waitFor();
            assertTrue(exit == KILLED || exit == 0, () -> "exit code " + exit + " of " + String.join(" ", words));
            return exit;
        }
    }

    private static int writesToLog(WatchKey key) {
        return key.pollEvents().stream()
                .filter(event -> String.valueOf(event.context()).endsWith(".log"))
                .mapToInt(WatchEvent::count)
                .sum();
    }

    private Set<String> assertDone(Change change) {
        assertEquals(change.after, pinned());
        assertWhole();
        return change.after;
    }

    private Set<String> assertOneOrTheOther(Set<String> before, Change change) {
        Set<String> now = pinned();
        for (String root : roots) {
            boolean is = now.contains(root);
            assertTrue(
                    is == before.contains(root) || is == change.after.contains(root),
                    () -> root + " after " + String.join(" ", change.words));
        }
        if (change.words.contains("update")) {
            assertTrue(now.contains(change.words.get(2)) || now.contains(change.words.get(3)), "both pins are lost");
        }
        assertWhole();
        return now;
    }

    private void assertWhole() {
        assertEquals("", run("pin", "verify"));
    }
}
