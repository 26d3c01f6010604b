package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.embedded.EmbeddedS3;

/** What walks of later commands read of a file whose leaves are dag-pb: its index remembers what they are. */
class NotedLeavesTest {
    @TempDir
    Path directory;

    private final MemoryMetrics metrics = new MemoryMetrics();
    private Map<String, Long> before = Map.of();

    private String run(Cli cli, String... words) {
        before = metrics.counters("s3ds.requests", "operation");
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out().strip();
    }

    /** What the last command read: blocks and, with some commands, the claim. */
    private Map<String, Long> reads() {
        Map<String, Long> now = new TreeMap<>(metrics.counters("s3ds.requests", "operation"));
        now.replaceAll((operation, count) -> count - before.getOrDefault(operation, 0L));
        now.keySet().retainAll(List.of("get", "head"));
        now.values().removeIf(count -> count == 0);
        return now;
    }

    /** What each of some commands reads of a file of five leaves and a node, in a repo and a bucket of its own. */
    private List<Map<String, Long>> readsOf(EmbeddedS3 server, String bucket, String... options) throws Exception {
        Files.createDirectories(directory.resolve("server").resolve(bucket));
        Path folder = Files.createDirectory(directory.resolve(bucket));
        byte[] content = new byte[5 * 262_144];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("file"), content);
        Files.writeString(folder.resolve("secret"), server.secretKey());
        Cli cli = new Cli(folder).counting(metrics);
        List<String> init = List.of("init", "--bucket=" + bucket, "--region=us-east-1", "--secret-key-file=secret");
        List<String> where = List.of("--endpoint=" + server.endpoint(), "--access-key=" + server.accessKey());
        run(cli, Stream.concat(init.stream(), where.stream()).toArray(String[]::new));
        Stream<String> add = Stream.of("add", "-Q", "--pin=false");
        String cid = run(
                cli,
                Stream.of(add, Stream.of(options), Stream.of("file"))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
        List<Map<String, Long>> all = new ArrayList<>();
        run(cli, "refs", "-r", cid);
        all.add(reads());
        run(cli, "pin", "add", cid);
        all.add(reads());
        run(cli, "dag", "stat", "--progress=false", cid);
        all.add(reads());
        run(cli, "repo", "gc");
        all.add(reads());
        return all;
    }

    @Test
    void leavesThatAreDagPbCostNoMoreThanRawOnes() throws Exception {
        Files.createDirectories(directory.resolve("server"));
        try (EmbeddedS3 server = EmbeddedS3.start(directory.resolve("server"))) {
            List<Map<String, Long>> nodes = readsOf(server, "nodes", "--raw-leaves=false");
            assertEquals(Map.of("get", 1L), nodes.getFirst());
            assertEquals(readsOf(server, "raw", "--raw-leaves=true"), nodes);
        }
    }
}
