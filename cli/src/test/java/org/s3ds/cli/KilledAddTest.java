package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.ListedBlock;

/**
 * Adds that are killed on the way, each at another point: what was printed is whole, and the next command finds a repo
 * as if nothing had been. The seed of files and points is printed; {@code -Ds3ds.seed=N} repeats it.
 */
@Tag("packaged")
class KilledAddTest {
    private static final int FILES = 16;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path directory;

    private final Random random;

    KilledAddTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed adds: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    /** How many adds are killed, on each kind of store. */
    int adds() {
        return 3;
    }

    /** Where the bucket is. */
    TestBucket bucket() throws IOException {
        return TestBucket.embedded(directory.resolve("server"));
    }

    @Test
    void onABucket() throws Exception {
        try (TestBucket bucket = bucket()) {
            killAdds(bucket.spec("node1"));
        }
    }

    @Test
    void onFlatfs() throws Exception {
        killAdds(Map.of(
                "type",
                "flatfs",
                "path",
                "blocks",
                "sync",
                false,
                "shardFunc",
                "/repo/flatfs/shard/v1/next-to-last/2"));
    }

    private void killAdds(Map<String, Object> blocks) throws Exception {
        Cli cli = new Cli(directory);
        TestRepo.init(cli, blocks);
        List<Path> trees = new ArrayList<>();
        Map<String, String> whole = new HashMap<>();
        for (int i = 0; i < adds(); i++) {
            trees.add(tree("tree" + i));
            Map<String, String> printed = killOneAdd(cli, trees.getLast(), 1 + random.nextInt(FILES + 2));
            assertOpens(cli);
            for (Map.Entry<String, String> each : printed.entrySet()) {
                assertWhole(cli, each.getKey(), each.getValue());
            }
            whole.putAll(printed);
        }
        assertEveryBlockIsWhatItsNameSays(cli);
        for (Path tree : trees) {
            Map<String, String> again = added(cli.run("add", "-r", tree.toString()));
            again.forEach((name, cid) -> assertEquals(whole.getOrDefault(name, cid), cid, name));
            assertEquals(FILES + 2, again.size());
        }
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")), "the lock is left");
    }

    /** Files of a few blocks each, and at the end a large one, which keeps the writer busy. */
    private Path tree(String name) throws IOException {
        Path tree = Files.createDirectory(directory.resolve(name));
        for (int i = 0; i < FILES; i++) {
            Files.write(tree.resolve("file%02d".formatted(i)), randomBytes(random.nextInt(600_000)));
        }
        Files.write(tree.resolve("last"), randomBytes(12 << 20));
        return tree;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Kills an add once it has printed so many lines, and gives what it printed: CIDs by name. */
    private Map<String, String> killOneAdd(Cli cli, Path tree, int lines) throws Exception {
        Process add = LauncherProcess.piped(
                directory, TestRepo.environment(cli), TestRepo.command("add", "-r", tree.toString()));
        StringBuilder out = new StringBuilder();
        int read = 0;
        try (BufferedReader reader = add.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                out.append(line).append('\n');
                if (++read == lines) {
                    // not by the process itself, which would close the stream too
                    add.toHandle().destroyForcibly();
                }
            }
        }
        int exit = add.waitFor();
        // after its last line an add has only its pin to write, which may be faster than we are
        assertTrue(exit == KILLED || (exit == 0 && read == FILES + 2), () -> "exit code " + exit + " after:\n" + out);
        return added(new Cli.Result(0, out.toString(), ""));
    }

    private static Map<String, String> added(Cli.Result result) {
        assertEquals(0, result.exit(), result.err());
        Map<String, String> cids = new HashMap<>();
        result.out().lines().forEach(line -> {
            String[] words = line.split(" ", 3);
            assertEquals("added", words[0], line);
            cids.put(words[2], words[1]);
        });
        return cids;
    }

    private void assertOpens(Cli cli) throws Exception {
        LauncherProcess.Result next =
                LauncherProcess.run(directory, TestRepo.environment(cli), TestRepo.command("refs", "local"));
        assertEquals(0, next.exit(), next.err());
        assertEquals("", next.err());
    }

    private void assertWhole(Cli cli, String name, String cid) throws IOException {
        Path file = directory.resolve(name);
        Cli.Result result =
                cli.run(Files.isDirectory(file) ? new String[] {"refs", "-r", cid} : new String[] {"cat", cid});
        assertEquals(0, result.exit(), () -> name + ": " + result.err());
        if (Files.isRegularFile(file)) {
            assertArrayEquals(Files.readAllBytes(file), cli.lastOutput(), name);
        }
    }

    /** Listed is readable: nothing half-written has the name of a block. */
    private static void assertEveryBlockIsWhatItsNameSays(Cli cli) throws IOException {
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), TestRepo.environment(cli));
                BlockKeys keys = node.blocks().multihashes()) {
            for (Optional<ListedBlock> next = keys.next(); next.isPresent(); next = keys.next()) {
                node.blocks().get(Cid.v1(Multicodec.RAW, next.get().hash()));
            }
            assertEquals(0, keys.skipped(), "names that are no blocks");
        }
    }
}
