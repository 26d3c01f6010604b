package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code index rebuild} that is ended by Ctrl-C while it lists: what comes next lists the rest. */
@Tag("packaged")
class InterruptedRebuildTest {
    private static final int BLOCKS = 60_000;
    private static final int PAGES = BLOCKS / 1_000;
    /** Answered before the bucket falls silent. */
    private static final int ANSWERED = 40;

    private static final int INTERRUPTED = 128 + 2;

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void goesOnWhereItWas() throws Exception {
        Cli cli = new Cli(directory);
        try (SyntheticBucket bucket = new SyntheticBucket()) {
            TestRepo.init(cli, LargeGcTest.spec(bucket, "node1"));
            new ManyBlocks(bucket, "node1").garbage(BLOCKS);
            interrupt(cli, bucket);
            assertFalse(Files.exists(cli.repo().resolve("repo.lock")));
            String status = run(cli, "index", "status", "--json");
            assertTrue(status.contains("\"State\": \"loading\"") && status.contains("\"LoadedTo\": \"CIQ"), status);
            bucket.requests();
            assertEquals(
                    BLOCKS + 1, run(cli, "refs", "local").lines().distinct().count());
            long lists = bucket.requests().getOrDefault("list", 0L);
            // pages that were answered and not yet taken in when it was ended are asked for again
            assertTrue(lists >= 1 && lists < PAGES, lists + " of " + PAGES + " pages");
            assertTrue(run(cli, "index", "verify").contains(": 0 differences\n"));
        }
    }

    /** Waits until it hangs in the middle of the listing, and sends SIGINT. */
    private void interrupt(Cli cli, SyntheticBucket bucket) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        bucket.beforeListing(() -> {
            if (asked.incrementAndGet() > ANSWERED) {
                hangs.countDown();
                ended.await();
            }
        });
        Process rebuild =
                LauncherProcess.start(directory, TestRepo.environment(cli), interruptible("index", "rebuild"));
        hangs.await();
        Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(rebuild.pid())).start();
        assertEquals(0, kill.waitFor());
        assertEquals(INTERRUPTED, rebuild.waitFor());
        ended.countDown();
        bucket.beforeListing(() -> {});
    }

    /** Whoever starts the tests in the background has them, and all they start, ignore Ctrl-C. */
    private static List<String> interruptible(String... words) {
        return Stream.concat(Stream.of("/usr/bin/env", "--default-signal=INT"), TestRepo.command(words).stream())
                .toList();
    }

    private static String run(Cli cli, String... words) throws IOException {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }
}
