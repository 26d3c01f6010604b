package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;

/** What a daemon with 100,000 blocks asks its bucket for while nobody wants any of them. */
class IdleDaemonTest {
    private static final int BLOCKS = 100_000;
    private static final int QUESTIONS = 10_000;
    /** A day, as the config has it when it says nothing. */
    private static final int LOOKS_FOR_GARBAGE = 24;

    @TempDir
    Path directory;

    @Test
    void nothingWhateverItIsAskedAndHoweverOftenItLooksForGarbage() throws Exception {
        Cli cli = new Cli(directory);
        try (SyntheticBucket bucket = new SyntheticBucket()) {
            TestRepo.init(cli, LargeGcTest.spec(bucket, "node1"));
            new ManyBlocks(bucket, "node1").garbage(BLOCKS);
            assertEquals(0, cli.run("index", "rebuild").exit());
            bucket.requests();
            try (InProcessDaemon daemon = InProcessDaemon.start(cli.repo(), cli.environment())) {
                watch(daemon);
                lookForGarbage(daemon);
                assertEquals(Map.of(), bucket.requests());
                assertTrue(daemon.node().blocks().has(block(0)));
                assertEquals(Map.of("claim", 2L), bucket.requests(), "once: whether the claim counts");
                for (int i = 0; i < QUESTIONS; i++) {
                    assertEquals(i % 100 == 0, daemon.node().blocks().has(block(i % 100 == 0 ? i : BLOCKS + i)));
                }
                watch(daemon);
                lookForGarbage(daemon);
                String stat = cli.run("repo", "stat").out();
                assertTrue(stat.startsWith("NumObjects: " + (BLOCKS + 1) + "\n"), stat);
                assertEquals(Map.of(), bucket.requests());
            }
            assertEquals(Map.of(), bucket.requests(), "it goes without a word");
        }
    }

    /** As in {@link ManyBlocks}. */
    private static Cid block(long number) {
        return Cid.v1(
                Multicodec.RAW,
                HashFunction.SHA2_256.hash(
                        ByteBuffer.allocate(8).putLong(number).array()));
    }

    /** What those ask who look after it. */
    private static void watch(InProcessDaemon daemon) throws Exception {
        for (String page : List.of("/healthz", "/readyz", "/debug/metrics/prometheus")) {
            String get = "GET " + page + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            assertEquals(200, RawHttp.send(daemon.port(), get.getBytes(UTF_8)).status(), page);
        }
    }

    private static void lookForGarbage(InProcessDaemon daemon) throws Exception {
        AtomicInteger left = new AtomicInteger(LOOKS_FOR_GARBAGE);
        AutomaticGc.Limits limits = AutomaticGc.Limits.of(daemon.node().repo().config());
        RequestTally requests = new RequestTally(Metrics.none());
        new AutomaticGc(daemon.node(), limits, _ -> left.getAndDecrement() > 0, requests, Metrics.none()).run();
    }
}
