package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies to a bucket that are killed on the way, each at another point: the next does what is left. The seed of the
 * points is printed; {@code -Ds3ds.seed=N} repeats them.
 */
final class KilledCopyTest {
    private static final int BLOCKS = 900;
    private static final int KILLS = 3;
    private static final int KILLED = 128 + 9;

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    @Test
    void whatIsLeftIsCopiedByTheNext() throws Exception {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed copies: -Ds3ds.seed=" + seed);
        Random random = new Random(seed);
        FlatfsFolderOfTest source = FlatfsFolderOfTest.make(directory.resolve("blocks"));
        for (int i = 0; i < BLOCKS; i++) {
            source.add(("block " + i).getBytes(StandardCharsets.UTF_8));
        }
        Path bucket = Files.createDirectory(
                server.folder().resolve(server.bucket("bucket")).resolve("node1"));
        Cli cli = server.user(directory);
        String[] copy = server.reaching("copy", "blocks", "s3://bucket/node1");
        for (int i = 0; i < KILLS; i++) {
            kill(cli, bucket, 1 + random.nextInt(BLOCKS / (KILLS + 1)), copy);
        }
        Cli.Result rest = cli.run(copy);
        assertEquals(0, rest.exit(), rest.err());
        assertTrue(rest.err().startsWith("Note: this copy was begun at "), rest.err());
        assertFalse(rest.out().contains("there before: 0 blocks"), rest.out());
        assertEquals(
                0, cli.run(server.reaching("copy", "s3://bucket/node1", "back")).exit());
        assertEquals(source.blocks(), new FlatfsFolderOfTest(directory.resolve("back")).blocks());
        try (Stream<Path> left = Files.list(directory.resolve(".local/state/s3ds/copy"))) {
            assertTrue(left.allMatch(file -> file.toString().endsWith(".lock")), "something is left");
        }
    }

    /** Kills a copy when so many objects more have come. */
    private void kill(Cli cli, Path bucket, int objects, String... words) throws Exception {
        try (WatchService watch = bucket.getFileSystem().newWatchService()) {
            bucket.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process copy = start(cli, words);
            int come = 0;
            while (come < objects) {
                WatchKey key = watch.take();
                come += key.pollEvents().size();
                key.reset();
            }
            copy.toHandle().destroyForcibly();
            assertEquals(KILLED, copy.waitFor());
        }
    }

    private Process start(Cli cli, String... words) throws Exception {
        return ChildProgram.of(cli, directory, words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
