package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imports that are killed on the way, at random: what was there before is there, and what is pinned is whole. How often
 * is {@code -Ds3ds.kills=N}; the seed of files and moments is printed, and {@code -Ds3ds.seed=N} repeats it.
 */
@Tag("packaged")
class KilledImportTest {
    private static final int KILLS = Integer.getInteger("s3ds.kills", 3);
    private static final int FILES = 40;
    private static final int KILLED = 128 + 9;

    /** About how many blocks they are. */
    private static final int BLOCKS = 90;

    /** Milliseconds in which a process that has just begun is killed. */
    private static final long STARTING = 500;

    @TempDir
    Path directory;

    private final Random random;

    KilledImportTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed imports: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    @Test
    void noPinLacksABlock() throws Exception {
        Path repos = Files.createDirectory(directory.resolve("to"));
        Cli cli = new Cli(repos);
        TestRepo.init(cli, flatfs());
        Files.writeString(repos.resolve("before"), "before");
        String before = cli.run("add", "-Q", "before").out().strip();
        Set<String> imported = new HashSet<>();
        int within = 0;
        for (int i = 0; i < KILLS; i++) {
            Path car = repos.resolve("car" + i);
            String root = makeCar(car, i);
            long there = blocks(cli);
            killOne(cli, car, root, there, imported);
            within += imported.contains(root) || blocks(cli) == there ? 0 : 1;
            assertWhole(cli, before, imported);
        }
        System.out.printf("%d of %d ended, %d were killed between two blocks%n", imported.size(), KILLS, within);
        assertEquals(0, cli.run("repo", "gc").exit());
        assertWhole(cli, before, imported);
        for (int i = 0; i < KILLS; i++) {
            assertEquals(0, cli.run("dag", "import", "car" + i).exit());
        }
        assertWhole(cli, before, imported);
    }

    private static Map<String, Object> flatfs() {
        return Map.of(
                "type", "flatfs", "path", "blocks", "sync", false, "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2");
    }

    /** A CAR of some files of its own, made in a repo that is thrown away. */
    private String makeCar(Path car, int number) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("from" + number));
        Cli cli = new Cli(folder);
        TestRepo.init(cli, flatfs());
        Path tree = Files.createDirectory(folder.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = new byte[random.nextInt(600_000)];
            random.nextBytes(bytes);
            Files.write(tree.resolve("file" + i), bytes);
        }
        String root = cli.run("add", "-rQ", "tree").out().strip();
        assertEquals(0, cli.run("dag", "export", root).exit());
        Files.write(car, cli.lastOutput());
        return root;
    }

    /**
     * Kills an import while it starts, or once it has stored some blocks; notes whether it had come to its end.
     *
     * @param there how many blocks there are before
     */
    private void killOne(Cli cli, Path car, String root, long there, Set<String> imported) throws Exception {
        long most = there + random.nextInt(BLOCKS);
        boolean starting = random.nextInt(5) == 0;
        Process process = LauncherProcess.start(
                cli.directory(), TestRepo.environment(cli), TestRepo.command("dag", "import", car.toString()));
        if (starting) {
            process.waitFor(1 + random.nextLong(STARTING), TimeUnit.MILLISECONDS);
        } else {
            awaitBlocks(process, cli.repo().resolve("blocks"), most);
        }
        process.toHandle().destroyForcibly();
        int exit = process.waitFor();
        assertTrue(exit == 0 || exit == KILLED, () -> "exit code " + exit);
        if (exit == 0) {
            imported.add(root);
        }
    }

    private static void awaitBlocks(Process process, Path store, long count) throws Exception {
        boolean ended = false;
        while (!ended && stored(store) <= count) {
            ended = process.waitFor(1, TimeUnit.MILLISECONDS);
        }
    }

    private static long stored(Path store) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(store, "??")) {
            for (Path shard : shards) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(shard, "*.data")) {
                    for (Path _ : files) {
                        count++;
                    }
                }
            }
        }
        return count;
    }

    private static long blocks(Cli cli) {
        return cli.run("refs", "local").out().lines().count();
    }

    private static void assertWhole(Cli cli, String before, Set<String> imported) {
        assertEquals("before", cli.run("cat", before).out());
        Cli.Result verified = cli.run("pin", "verify");
        assertEquals(0, verified.exit(), verified.err());
        assertEquals("", verified.out());
        String pins = cli.run("pin", "ls", "--type=recursive", "-q").out();
        assertTrue(pins.contains(before), pins);
        imported.forEach(root -> assertTrue(pins.contains(root), root));
        assertEquals(0, cli.run("repo", "verify").exit());
    }
}
