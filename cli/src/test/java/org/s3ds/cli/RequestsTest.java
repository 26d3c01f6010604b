package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.embedded.EmbeddedS3;

/** What commands cost in requests to S3, exactly. */
class RequestsTest {
    private static final String MISSING = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    private static final int FILES = 10_000;

    @TempDir
    static Path directory;

    private static @Nullable EmbeddedS3 server;

    @BeforeAll
    static void aRepoOnABucket() throws Exception {
        Files.createDirectories(directory.resolve("server/blocks"));
        EmbeddedS3 started = EmbeddedS3.start(directory.resolve("server"));
        server = started;
        Files.writeString(directory.resolve("secret"), started.secretKey());
        run(
                "init",
                "--bucket=blocks",
                "--region=us-east-1",
                "--root-directory=node1",
                "--endpoint=" + started.endpoint(),
                "--access-key=" + started.accessKey(),
                "--secret-key-file=secret");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** Runs a command, and tells what it sent: a number for each kind of request. */
    private static Map<String, Long> sent(int exit, String... words) {
        String prefix = "s3ds.requests{operation=\"";
        MemoryMetrics metrics = new MemoryMetrics();
        Cli.Result result = new Cli(directory).counting(metrics).run(words);
        assertEquals(exit, result.exit(), result.err());
        Map<String, Long> sent = new TreeMap<>();
        metrics.counters().forEach((name, count) -> {
            if (name.startsWith(prefix) && count != 0) {
                sent.put(name.substring(prefix.length(), name.indexOf('"', prefix.length())), count);
            }
        });
        return sent;
    }

    private static String run(String... words) {
        Cli.Result result = new Cli(directory).run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out().strip();
    }

    @Test
    void eachCommandSendsWhatItMustAndNothingElse() throws IOException {
        Files.write(directory.resolve("alike"), new byte[1_000_000]);
        // its chunks are alike but for the last: 2 leaves and the root
        assertEquals(Map.of("put", 3L), sent(0, "add", "--chunker=size-65536", "alike"));
        ByteBuffer content = ByteBuffer.allocate(1_000_000);
        for (int i = 0; i < content.capacity(); i += Integer.BYTES) {
            content.putInt(i, i);
        }
        Files.write(directory.resolve("big"), content.array());
        assertEquals(Map.of(), sent(0, "add", "-n", "big"));
        String spread = run("add", "-Q", "--chunker=size-1000", "big");
        long blocks = run("refs", "-r", "-u", spread).lines().count() + 1;
        assertEquals(Map.of("get", blocks), sent(0, "cat", spread));
        assertEquals(Map.of("head", 1L), sent(0, "block", "stat", spread));
        assertEquals(Map.of("head", 1L, "list", 1L), sent(1, "block", "stat", MISSING));
        assertEquals(Map.of("get", 1L), sent(0, "block", "get", spread));
        assertEquals(Map.of(), sent(0, "config", "Datastore.StorageMax"));
    }

    @Test
    void aDirectoryOfTenThousandFilesIsOnePutForEachBlock() throws IOException {
        Path many = Files.createDirectory(directory.resolve("many"));
        for (int i = 0; i < FILES; i++) {
            ByteBuffer content = ByteBuffer.allocate(4096).putInt(0, i);
            Files.write(many.resolve("f" + i), content.array());
        }
        String root = run("add", "-r", "-n", "-Q", "--raw-leaves", "many");
        Map<String, Long> sent = sent(0, "add", "-r", "-Q", "--raw-leaves", "many");
        long shards = run("refs", "-r", "-u", root).lines().count() + 1 - FILES;
        assertEquals(Map.of("put", FILES + shards), sent);
        long all = run("refs", "local").lines().count();
        long least = (all + 999) / 1000;
        Map<String, Long> pages = sent(0, "refs", "local");
        assertTrue(
                pages.equals(Map.of("list", least)) || pages.equals(Map.of("list", least + 1)),
                () -> all + " blocks: " + pages);
    }
}
