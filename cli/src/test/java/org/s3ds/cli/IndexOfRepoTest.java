package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code index} and {@code repo stat} say of a real bucket, which others change behind the repo's back. */
class IndexOfRepoTest {
    private static final String STRANGER = "CIQBVEE7YBWHYZM34J3QAFE76GKZ5Q7ISMRONRTU5QISTTJGRHHVC7I";

    @TempDir
    private Path directory;

    private Cli cli = new Cli(Path.of(""));
    private TestBucket bucket;

    @BeforeEach
    void fill() throws IOException {
        bucket = TestBucket.embedded(directory.resolve("server"));
        cli = new Cli(directory);
        Map<String, Object> spec = new TreeMap<>(bucket.spec("node1"));
        spec.put("access", "exclusive");
        TestRepo.init(cli, spec);
        Files.write(directory.resolve("file"), new byte[600_000]);
        run("add", "--raw-leaves", "--chunker=size-100000", "file");
        Files.writeString(directory.resolve("small"), "small");
        run("add", "--raw-leaves", "small");
    }

    @AfterEach
    void close() throws IOException {
        bucket.close();
    }

    @Test
    void knowsEveryBlockOnceItIsBuilt() throws Exception {
        assertEquals("the index knows 4 blocks of 100317 bytes\n", run("index", "rebuild"));
        assertState("complete");
        assertEquals("compared with 4 blocks in the bucket, of 100317 bytes: 0 differences\n", run("index", "verify"));
        String stat = run("repo", "stat");
        assertTrue(stat.startsWith("NumObjects: 4\n"), stat);
        assertFalse(stat.contains("ListedAt"), stat);
        Files.writeString(directory.resolve("more"), "more");
        run("add", "--raw-leaves", "more");
        assertTrue(run("repo", "stat").startsWith("NumObjects: 5\n"));
        assertState("complete");
    }

    @Test
    void outlastsAKill() throws Exception {
        run("index", "rebuild");
        Process holder = RepoHolder.start(cli.repo());
        holder.destroyForcibly();
        holder.waitFor();
        assertState("complete");
    }

    @Test
    void whatOthersDidIsFoundAndPutRight() throws Exception {
        run("index", "rebuild");
        Path vanished = object(5);
        Path resized = object(100_000);
        Files.delete(vanished);
        Files.write(resized, new byte[7]);
        Files.writeString(resized.resolveSibling(STRANGER), "stranger");
        Cli.Result result = cli.run("index", "verify");
        assertEquals(1, result.exit());
        List<String> lines = result.out().lines().sorted().toList();
        assertEquals(4, lines.size(), result.out());
        assertTrue(result.out().contains(" is in the index, with 5 bytes, but not in the bucket\n"), result.out());
        assertTrue(result.out().contains(" is in the bucket, with 8 bytes, but not in the index\n"), result.out());
        assertTrue(result.out().contains(" has 7 bytes in the bucket, and 100000 in the index\n"), result.out());
        assertEquals(
                "Error: the index is wrong about 3 blocks: 1 vanished, 1 unknown, 1 resized; to fill it anew, run: s3ds index"
                        + " rebuild; to see whether anything that is pinned is missing, run: s3ds pin verify",
                result.firstErrorLine());
        run("index", "rebuild");
        assertEquals(0, cli.run("index", "verify").exit());
    }

    @Test
    void aDaemonIsAsked() throws Exception {
        try (InProcessDaemon daemon = InProcessDaemon.start(cli.repo(), cli.environment())) {
            assertEquals("the index knows 4 blocks of 100317 bytes\n", run("index", "rebuild"));
            assertState("complete");
            String ready = "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            String text =
                    RawHttp.send(daemon.port(), ready.getBytes(UTF_8)).body().toString(UTF_8);
            assertTrue(text.contains(": complete, 4 blocks\n"), text);
        }
    }

    final Cli cli() {
        return cli;
    }

    final void assertState(String state) {
        String status = run("index", "status", "--json");
        assertTrue(status.contains("\"State\": \"" + state + "\""), status);
    }

    final String run(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    /** The file in which the server keeps the only block of a size. */
    private Path object(long size) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("server"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("CIQ"))
                    .filter(file -> file.toFile().length() == size)
                    .findAny()
                    .orElseThrow();
        }
    }
}
