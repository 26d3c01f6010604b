package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multihash;

/**
 * Collections, adds and changes of pins that are killed at any moment, one after the other on one repo that is full of
 * garbage: the next command finds it in order, what was reported is so, no pin lacks a block, and in the end all
 * garbage goes. The seed of what is done and when it is killed is printed; {@code -Ds3ds.seed=N} repeats it.
 */
@Tag("packaged")
class KilledCollectionsTest {
    private static final int KILLED = 128 + 9;
    private static final int TREES = 4;

    /** A process that was faster than we are is not killed; so often we try. */
    private static final int ATTEMPTS = 20;

    private static final String EMPTY_FOLDER = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";

    @TempDir
    Path directory;

    private final Random random;

    /** By kind of command, how long the last one took that was not killed, in milliseconds. */
    private final Map<Kind, Long> duration = new HashMap<>();

    private final List<String> roots = new ArrayList<>();
    private Set<String> pinned = new TreeSet<>();
    private int files;
    private Cli cli = new Cli(Path.of(""));

    KilledCollectionsTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed collections: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    /** How many commands of each kind are killed, on each kind of store. */
    int kills() {
        return Integer.getInteger("s3ds.kills", 3);
    }

    /** Where the bucket is. */
    TestBucket bucket() throws IOException {
        return TestBucket.embedded(directory.resolve("server"));
    }

    private enum Kind {
        COLLECT,
        ADD,
        PIN
    }

    /**
     * What is done.
     *
     * @param words the command
     * @param after the recursive pins when it has ended
     */
    private record Deed(List<String> words, Set<String> after) {}

    /** How a process ended, after how long, and what it had printed. */
    private record Ended(int exit, long milliseconds, List<String> lines) {}

    @Test
    void onABucket() throws Exception {
        try (TestBucket bucket = bucket()) {
            Map<String, Object> spec = new HashMap<>(bucket.spec("node1"));
            spec.put("access", "exclusive");
            kill(spec);
        }
    }

    @Test
    void onFlatfs() throws Exception {
        kill(Map.of(
                "type",
                "flatfs",
                "path",
                "blocks",
                "sync",
                false,
                "shardFunc",
                "/repo/flatfs/shard/v1/next-to-last/2"));
    }

    @Test
    void whoCollectsWhileAnotherProcessHasTheRepoIsTold() throws Exception {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        Process holder = RepoHolder.start(cli.repo());
        try {
            Cli.Result result = cli.run("repo", "gc");
            assertEquals(1, result.exit());
            assertTrue(result.err().contains("someone else has the lock"), result.err());
        } finally {
            holder.getOutputStream().close();
            holder.waitFor();
        }
    }

    private void kill(Map<String, Object> blocks) throws Exception {
        cli = new Cli(directory);
        TestRepo.init(cli, blocks);
        for (int i = 0; i < TREES; i++) {
            roots.add(run("add", "-r", "-Q", "--cid-version=1", "--pin=false", tree(3).toString())
                    .strip());
        }
        pinned = pinned();
        for (Kind kind : Kind.values()) {
            measure(kind);
        }
        for (int i = 0; i < kills(); i++) {
            for (Kind kind : Kind.values()) {
                killOne(kind);
            }
        }
        assertEquals("", run("repo", "gc", "--silent"));
        assertEquals(kept(), stored());
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")), "the lock is left");
    }

    private void measure(Kind kind) throws Exception {
        Deed deed = deed(kind);
        Ended ended = runUntil(Long.MAX_VALUE, deed.words);
        duration.put(kind, ended.milliseconds);
        assertEquals(0, ended.exit, () -> String.join(" ", deed.words));
        assertInOrder(deed, ended);
    }

    private void killOne(Kind kind) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Deed deed = deed(kind);
            long longest = duration.getOrDefault(kind, 1L) + 1;
            Ended ended = runUntil(random.nextLong(longest), deed.words);
            assertTrue(ended.exit == KILLED || ended.exit == 0, () -> ended.exit + " " + String.join(" ", deed.words));
            assertInOrder(deed, ended);
            if (ended.exit == KILLED) {
                return;
            }
            duration.put(kind, ended.milliseconds);
        }
        throw new AssertionError("no process could be killed: " + kind);
    }

    /** Something to do, on a repo with some garbage more. */
    private Deed deed(Kind kind) throws IOException {
        return switch (kind) {
            case COLLECT -> {
                run("add", "-r", "-Q", "--pin=false", tree(20).toString());
                yield new Deed(List.of("repo", "gc"), pinned);
            }
            case ADD -> new Deed(List.of("add", "-r", "--pin=false", tree(20).toString()), pinned);
            case PIN -> change();
        };
    }

    private Deed change() {
        String root = whole(roots.get(random.nextInt(TREES)));
        Set<String> after = new TreeSet<>(pinned);
        if (after.add(root)) {
            return new Deed(List.of("pin", "add", "--name=tree", root), after);
        }
        String other = whole(roots.get(random.nextInt(TREES)));
        boolean update = random.nextBoolean() && after.add(other);
        after.remove(root);
        return new Deed(update ? List.of("pin", "update", root, other) : List.of("pin", "rm", root), after);
    }

    /** Adds a tree again, which a collection may have removed since. */
    private String whole(String root) {
        Path tree = directory.resolve("tree" + roots.indexOf(root));
        assertEquals(
                root,
                run("add", "-r", "-Q", "--cid-version=1", "--pin=false", tree.toString())
                        .strip());
        return root;
    }

    /** A folder of files of one block each, the first of which every folder has. */
    private Path tree(int size) throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree" + files++));
        for (int i = 0; i < size; i++) {
            Files.writeString(tree.resolve("file" + i), i == 0 ? "common" : random.nextLong() + " " + i);
        }
        return tree;
    }

    private Ended runUntil(long milliseconds, List<String> words) throws Exception {
        long begin = System.nanoTime();
        Process process = LauncherProcess.piped(
                directory, TestRepo.environment(cli), TestRepo.command(words.toArray(String[]::new)));
        if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
            // not by the process itself, which would close the stream too
            process.toHandle().destroyForcibly();
        }
        int exit = process.waitFor();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        try (BufferedReader reader = process.inputReader()) {
            return new Ended(exit, took, reader.lines().toList());
        }
    }

    private void assertInOrder(Deed deed, Ended ended) throws IOException {
        Set<String> now = pinned();
        if (ended.exit == 0) {
            assertEquals(deed.after, now);
        }
        assertOneOrTheOther(deed, now);
        pinned = now;
        assertEquals("", run("pin", "verify"));
        run("repo", "verify");
        Set<Multihash> stored = stored();
        Set<Multihash> removed = hashes(words(ended, "removed"));
        removed.retainAll(stored);
        assertEquals(Set.of(), removed, "said to be removed");
        List<String> added = words(ended, "added");
        assertTrue(stored.containsAll(hashes(added)), "said to be added");
        added.forEach(cid -> run("refs", "-r", cid));
    }

    /** The CIDs of whole lines that begin with a word. */
    private static List<String> words(Ended ended, String first) {
        return ended.lines.stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words[0].equals(first) && words.length > 1)
                .map(words -> words[1])
                .toList();
    }

    private void assertOneOrTheOther(Deed deed, Set<String> now) {
        Set<String> changed = new TreeSet<>(now);
        changed.removeAll(pinned);
        changed.removeAll(deed.after);
        assertEquals(Set.of(), changed, "pinned by nobody");
        Set<String> lost = new TreeSet<>(pinned);
        lost.retainAll(deed.after);
        lost.removeAll(now);
        assertEquals(Set.of(), lost, "unpinned by nobody");
        if (deed.words.contains("update")) {
            assertTrue(now.contains(deed.words.get(2)) || now.contains(deed.words.get(3)), "both pins are lost");
        }
    }

    private Set<Multihash> kept() throws IOException {
        List<String> kept = new ArrayList<>(pinned);
        kept.add(EMPTY_FOLDER);
        for (String root : pinned) {
            kept.addAll(run("refs", "-r", "-u", root).lines().toList());
        }
        return hashes(kept);
    }

    private Set<Multihash> stored() throws IOException {
        return hashes(run("refs", "local").lines().toList());
    }

    private static Set<Multihash> hashes(List<String> cids) throws IOException {
        Set<Multihash> hashes = new HashSet<>();
        for (String cid : cids) {
            hashes.add(Cid.parse(cid).hash());
        }
        return hashes;
    }

    private Set<String> pinned() {
        return new TreeSet<>(run("pin", "ls", "-q", "--type=recursive").lines().toList());
    }

    private String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), () -> String.join(" ", words) + ": " + result.err());
        return result.out();
    }
}
