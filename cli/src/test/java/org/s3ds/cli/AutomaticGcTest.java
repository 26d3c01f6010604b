package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Config;

/** Garbage is collected once there is more than the watermark, and never before. */
class AutomaticGcTest {
    @TempDir
    Path directory;

    private static AutomaticGc.Limits limits(String datastore) throws IOException {
        return AutomaticGc.Limits.of(
                Config.parse(("{\"Datastore\":" + datastore + "}").getBytes(StandardCharsets.UTF_8), "config"));
    }

    @Test
    void whatTheConfigLeavesOutIsAsInKubo() throws IOException {
        AutomaticGc.Limits limits = limits("{}");
        assertEquals(Duration.ofHours(1), limits.period());
        assertEquals(new BigDecimal("10000000000"), limits.most());
        assertEquals(new BigDecimal("9000000000"), limits.watermark());
        assertEquals(Duration.ZERO, limits("{\"GCPeriod\":\"0\"}").period());
        assertEquals(
                new BigDecimal("5"),
                limits("{\"StorageMax\":\"11\",\"StorageGCWatermark\":50}").watermark());
        assertThrows(IOException.class, () -> limits("{\"GCPeriod\":\"bad\"}"));
        assertThrows(IOException.class, () -> limits("{\"StorageMax\":\"bad\"}"));
    }

    @Test
    void filesBeyondTheWatermarkAreCollected() throws IOException {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        collects(cli);
    }

    @Test
    void aBucketBeyondTheWatermarkIsCollected() throws IOException {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init").exit());
        collects(cli);
    }

    private static void collects(Cli cli) throws IOException {
        String kept = add(cli, "kept", "--pin=true");
        String garbage = add(cli, "garbage", "--pin=false");
        look(cli, limits("{\"StorageMax\":\"10GB\"}"));
        assertEquals(0, cli.run("block", "stat", garbage).exit());
        look(cli, limits("{\"StorageMax\":\"100kB\"}"));
        assertEquals(1, cli.run("block", "stat", garbage).exit());
        assertEquals(0, cli.run("pin", "verify").exit());
        assertEquals(0, cli.run("block", "stat", kept).exit());
    }

    private static String add(Cli cli, String text, String pin) {
        Cli.Result added = cli.pipe(text.repeat(20_000).getBytes(StandardCharsets.UTF_8), "add", "-Q", pin);
        assertEquals(0, added.exit(), added.err());
        return added.out().strip();
    }

    /** Two looks, the second of which finds out that there is less now. */
    private static void look(Cli cli, AutomaticGc.Limits limits) throws IOException {
        RequestTally requests = new RequestTally(Metrics.none());
        AtomicInteger left = new AtomicInteger(2);
        try (Node node = Node.open(cli.repo(), Stores.bundled(), requests, cli.environment())) {
            new AutomaticGc(node, limits, _ -> left.getAndDecrement() > 0, requests, Metrics.none()).run();
        }
    }

    @Test
    void aRepoThatIsNotAloneIsLeftAsItIs() throws IOException {
        Cli cli = new Cli(directory);
        try (TestBucket bucket = TestBucket.embedded(directory.resolve("server"))) {
            Map<String, Object> spec = new HashMap<>(bucket.spec("shared"));
            spec.remove("access");
            TestRepo.init(cli, spec);
            String garbage = add(cli, "garbage", "--pin=false");
            look(cli, limits("{\"StorageMax\":\"10kB\"}"));
            assertEquals(0, cli.run("block", "stat", garbage).exit());
        }
    }
}
