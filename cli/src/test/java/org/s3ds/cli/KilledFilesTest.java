package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.node.Node;
import org.s3ds.node.mfs.MfsPath;

/**
 * Changes of the files that are killed at random: the files are as they were before or as they should be after, and
 * every byte of them is there. The seed of what is done and when it is killed is printed; {@code -Ds3ds.seed=N} repeats
 * what is done.
 */
@Tag("packaged")
class KilledFilesTest {
    private static final int KILLED = 128 + 9;
    private static final int LARGE = 3 << 20;

    /** A process that was faster than we are is not killed; so often we try. */
    private static final int ATTEMPTS = 20;

    @TempDir
    Path directory;

    private final Random random;
    private ModelFiles model = new ModelFiles();
    private Cli cli = new Cli(Path.of(""));
    private String content = "";
    private byte[] contentBytes = new byte[0];
    private long lastNanos = TimeUnit.SECONDS.toNanos(1);

    KilledFilesTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed files: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    /** How many changes are killed, on each kind of store. */
    int kills() {
        return 3;
    }

    /** Where the bucket is. */
    TestBucket bucket() throws IOException {
        return TestBucket.embedded(directory.resolve("server"));
    }

    @Test
    void onABucket() throws Exception {
        try (TestBucket bucket = bucket()) {
            killSome(bucket.spec("node1"));
        }
    }

    @Test
    void onFlatfs() throws Exception {
        String sharding = "/repo/flatfs/shard/v1/next-to-last/2";
        killSome(Map.of("type", "flatfs", "path", "blocks", "sync", false, "shardFunc", sharding));
    }

    /** A command, and the change that it makes. */
    private record Change(List<String> words, Expected expected) {
        private interface Expected {
            void make(ModelFiles model) throws ModelFiles.Refused;
        }
    }

    private void killSome(Map<String, Object> blocks) throws Exception {
        cli = new Cli(directory);
        TestRepo.init(cli, blocks);
        Path file = data(LARGE);
        content = run("add", "-Q", "--pin=false", file.toString());
        contentBytes = Files.readAllBytes(file);
        int killed = 0;
        for (int attempt = 0; killed < kills(); attempt++) {
            assertTrue(attempt < kills() * ATTEMPTS, "only " + killed + " processes could be killed");
            Change change = any();
            ModelFiles after = model.copy();
            change.expected.make(after);
            int exit = killSomewhere(change.words);
            if (exit == 0 || difference(after).isEmpty()) {
                model = after;
            }
            assertEquals(Optional.empty(), difference(model), () -> exit + " " + String.join(" ", change.words));
            killed += exit == KILLED ? 1 : 0;
        }
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")), "the lock is left");
    }

    private Optional<String> difference(ModelFiles expected) throws IOException {
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), TestRepo.environment(cli))) {
            return new FilesCheck(node).difference(expected);
        }
    }

    private String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out().strip();
    }

    private Path data(int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Files.write(directory.resolve("data"), bytes);
    }

    /** A change that can be made: names that are there are the only ones that are moved or removed. */
    private Change any() throws IOException {
        List<String> names = List.copyOf(model.root().entries().keySet());
        String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
        String other = "n" + random.nextInt(1000);
        return switch (names.isEmpty() ? random.nextInt(3) : random.nextInt(6)) {
            case 0 -> write(other, 0);
            case 1 ->
                new Change(
                        List.of("files", "cp", "-p", "--force", "/ipfs/" + content, "/in/" + other),
                        after -> after.copy(
                                Optional.of(new ModelFiles.Content(contentBytes)), path("/in/" + other), true, true));
            case 2 -> {
                Path file = data(LARGE);
                byte[] bytes = Files.readAllBytes(file);
                yield new Change(
                        List.of("add", "-q", "--pin=false", "--to-files=/added" + other, file.toString()),
                        after -> after.write(path("/added" + other), bytes, 0, true, false, true));
            }
            case 3 ->
                new Change(
                        List.of("files", "mv", "/" + name, "/" + other),
                        after -> after.move(path("/" + name), path("/" + other)));
            case 4 -> new Change(List.of("files", "rm", "-r", "/" + name), after -> after.remove(path("/" + name)));
            default ->
                model.root().entries().get(name) instanceof ModelFiles.Content
                        ? write(name, LARGE / 3)
                        : write(other, 0);
        };
    }

    private Change write(String name, int offset) throws IOException {
        Path file = data(LARGE);
        byte[] bytes = Files.readAllBytes(file);
        return new Change(
                List.of("files", "write", "-e", "-o", Integer.toString(offset), "/" + name, file.toString()),
                after -> after.write(path("/" + name), bytes, offset, true, false, false));
    }

    private static MfsPath path(String text) {
        try {
            return MfsPath.parse(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a command, and kills it somewhere within the time that the last one took; gives its exit code. */
    private int killSomewhere(List<String> words) throws Exception {
        long begin = System.nanoTime();
        Process process = LauncherProcess.start(
                directory, TestRepo.environment(cli), TestRepo.command(words.toArray(String[]::new)));
        if (process.waitFor(random.nextLong(lastNanos), TimeUnit.NANOSECONDS)) {
            lastNanos = System.nanoTime() - begin;
        }
        process.destroyForcibly();
        int exit = process.waitFor();
        assertTrue(exit == KILLED || exit == 0, () -> "exit code " + exit + " of " + String.join(" ", words));
        return exit;
    }
}
