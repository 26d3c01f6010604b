package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.HashFunction;

/**
 * Commands that only look at a repo, killed at one of their requests: nothing in the repo and in the bucket is changed
 * by that, and the next run finds the same. The seed of the points is printed; {@code -Ds3ds.seed=N} repeats them.
 */
final class KilledLooksTest {
    private static final int KILLED = 128 + 9;

    /** More than {@code verify} looks at between two notes of how far it is. */
    private static final int BLOCKS = 1500;

    /** More than one request lists. */
    private static final int PAGES = 1001;

    /** Many requests, where each block is read. */
    private static final int FEW = 100;

    /** At so many, there is a note. */
    private static final int NOTED = 1200;

    /** What opening a repo renews, and what is known of a place: as docs/design.md has it, "Files of a repo". */
    private static final Pattern RENEWED =
            Pattern.compile("(datastore|index)/.*|repo\\.lock|s3ds/(era|usage|verify)\\.json");

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    private static int buckets;

    @TempDir
    Path directory;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger blocksGiven = new AtomicInteger();
    private final Random random;
    private final FaultyProxy proxy;
    private Cli cli = new Cli(Path.of(""));
    private Path bucket = Path.of("");

    KilledLooksTest() throws IOException {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed looks: -Ds3ds.seed=" + seed);
        random = new Random(seed);
        proxy = new FaultyProxy(server.endpoint());
    }

    @BeforeEach
    void begin() throws Exception {
        cli = server.user(directory);
        String name = server.bucket("looks" + ++buckets);
        bucket = server.folder().resolve(name);
        ok(server.options("init", name, proxy.endpoint(), "--root-directory", "node1"));
        for (int i = 0; i < 60; i++) {
            Path folder = Files.createDirectories(directory.resolve("many/folder" + i % 20));
            Files.writeString(folder.resolve("file" + i), "content " + i);
        }
        ok("add", "-r", "-Q", "many");
        ok("add", "-r", "-Q", "many/folder3");
        proxy.behave(_ -> {
            requests.incrementAndGet();
            return Optional.empty();
        });
    }

    /** Lays blocks that nothing needs. */
    private void lay(int blocks) throws IOException {
        for (int i = 0; i < blocks; i++) {
            byte[] data = ("block " + i).getBytes(StandardCharsets.UTF_8);
            Files.write(bucket.resolve("node1").resolve(FlatfsFolderOfTest.name(HashFunction.SHA2_256, data)), data);
        }
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
    }

    @Test
    void verifyGoesOnWhereItWas() throws Exception {
        lay(BLOCKS);
        Map<String, String> before = state();
        int blocks = NOTED + random.nextInt(BLOCKS - NOTED);
        assertTrue(isKilledAt(request -> request.getsBlock() && blocksGiven.incrementAndGet() == blocks, "verify"));
        assertUnchanged(before);
        requests.set(0);
        Cli.Result next = cli.run("verify");
        assertEquals(0, next.exit(), next.err());
        assertTrue(next.err().startsWith("Note: this goes on where a run was cut short at "), next.err());
        assertTrue(requests.get() < BLOCKS, requests + " requests");
        assertUnchanged(before);
    }

    @Test
    void duFindsTheSame() throws Exception {
        lay(FEW);
        findsTheSame("du");
    }

    @Test
    void diffFindsTheSame() throws Exception {
        lay(PAGES);
        ok("copy", "repo", "copied");
        findsTheSame("diff", "repo", "copied");
    }

    @Test
    void copyCopiesWhatIsLeft() throws Exception {
        lay(FEW);
        ok("copy", "repo", "whole");
        int all = requests.getAndSet(0);
        Map<String, String> before = state();
        killAtAny(all, "copy", "repo", "copied");
        assertUnchanged(before);
        ok("copy", "repo", "copied");
        assertEquals(
                new FlatfsFolderOfTest(directory.resolve("whole")).blocks(),
                new FlatfsFolderOfTest(directory.resolve("copied")).blocks());
        assertUnchanged(before);
    }

    private void findsTheSame(String... words) throws Exception {
        requests.set(0);
        String found = ok(words);
        Map<String, String> before = state();
        killAtAny(requests.getAndSet(0), words);
        assertUnchanged(before);
        assertEquals(found, ok(words));
        assertUnchanged(before);
    }

    /**
     * How many requests a listing takes depends on how fast they are: one that was through before is done once more.
     */
    private void killAtAny(int all, String... words) throws Exception {
        assertTrue(all > 0, "no requests");
        for (int most = all; ; most--) {
            int last = 1 + random.nextInt(most);
            System.out.println("killed looks: " + String.join(" ", words) + " at request " + last + " of " + all);
            requests.set(0);
            if (isKilledAt(_ -> requests.get() == last, words)) {
                return;
            }
        }
    }

    /** Which request a process does not outlive. */
    private interface Moment {
        boolean isNow(FaultyProxy.Request request);
    }

    /** Whether the moment came before the process was through. */
    private boolean isKilledAt(Moment moment, String... words) throws Exception {
        CompletableFuture<ProcessHandle> victim = new CompletableFuture<>();
        proxy.behave(request -> {
            requests.incrementAndGet();
            if (moment.isNow(request)) {
                boolean ignored = victim.join().destroyForcibly();
            }
            return Optional.empty();
        });
        Process process = start(words);
        victim.complete(process.toHandle());
        int exit = process.waitFor();
        proxy.behave(_ -> {
            requests.incrementAndGet();
            return Optional.empty();
        });
        assertTrue(exit == KILLED || exit == 0, "exit code " + exit);
        return exit == KILLED;
    }

    private void assertUnchanged(Map<String, String> before) throws IOException {
        Map<String, String> after = state();
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        all.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        assertEquals(Set.of(), all, "what was changed");
    }

    /** What there is, in the repo and in the bucket. */
    private Map<String, String> state() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Path folder : List.of(cli.repo(), bucket)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = folder.relativize(file).toString();
                    if (!folder.equals(cli.repo()) || !RENEWED.matcher(name).matches()) {
                        all.put(
                                file.toString(),
                                Files.getLastModifiedTime(file) + " " + KuboFixture.sha256(Files.readAllBytes(file)));
                    }
                }
            }
        }
        all.put(
                "pins",
                ok("pin", "ls", "--type=recursive", "--names")
                        .lines()
                        .sorted()
                        .toList()
                        .toString());
        all.put("files", ok("files", "stat", "--hash", "/"));
        return all;
    }

    private String ok(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), () -> String.join(" ", words) + ": " + result.err());
        return result.out();
    }

    private Process start(String... words) throws IOException {
        return ChildProgram.of(cli, directory, words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
