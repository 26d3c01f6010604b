package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repo moves from files to S3, to another bucket, and back to files, round and round, and its pins from LevelDB to S3
 * and back, by processes that are killed at any moment; sometimes it goes back, or what was left is removed; in between
 * blocks are added. It can always be used, and has all that it was given.
 */
class KilledMigrationTest {
    private static final int KILLED = 128 + 9;
    private static final int FILES = 150;

    /** A process that was slow to begin with is over before it can be killed. */
    private static final int ATTEMPTS = 20;

    @RegisterExtension
    static final FolderServer server = new FolderServer();

    @TempDir
    Path directory;

    private final Set<String> added = new TreeSet<>();
    private final Map<String, Integer> killedWhen = new TreeMap<>();

    /** How long a command takes, in nanoseconds. */
    private final Map<String, Long> usual = new HashMap<>();

    private Cli cli = new Cli(Path.of(""));
    private int files;

    /** How many processes are to be killed. */
    int kills() {
        return 3;
    }

    @Test
    void itGoesOnAndNothingIsLost() throws Exception {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed migrations: -Ds3ds.seed=" + seed + ", kills: " + kills());
        Random random = new Random(seed);
        cli = server.user(directory);
        server.bucket("one");
        server.bucket("two");
        ok("init", "--profile=flatfs");
        for (int i = 0; i < FILES; i++) {
            Files.writeString(
                    Files.createDirectories(directory.resolve("many")).resolve("file" + i),
                    "content " + seed + " " + i);
        }
        added.add(ok("add", "-r", "-Q", "many").strip());
        int killed = 0;
        int moves = 0;
        for (int attempt = 0; killed < kills(); attempt++) {
            assertTrue(attempt < kills() * ATTEMPTS, "only " + killed + " processes could be killed");
            String[] words = isUnderWay() ? credentials("migrate", "resume") : next(moves++, random);
            int before = migrations();
            int exit = kill(start(words), random, words);
            if (exit != 0) {
                assertEquals(KILLED, exit, String.join(" ", words));
                killed++;
                killedWhen.merge(when(before, words), 1, Integer::sum);
            }
            look(random);
        }
        while (isUnderWay()) {
            ok(credentials("migrate", "resume"));
        }
        ok("migrate", "--yes", "--keep-others", "--to", "flatfs:last");
        look(random);
        ok("repo", "verify");
        assertEveryBlockIsWhole();
        System.out.println("killed migrations: " + killed + " kills in " + moves + " moves");
        assertTrue(migrations() > 1 || killed < ATTEMPTS, "all kills came before there was anything to lose");
        killedWhen.forEach((when, times) -> System.out.println("killed migrations: " + times + " in " + when));
    }

    /** What was killed, and the last step that the journal of its migration tells of. */
    private String when(int before, String... words) throws Exception {
        int number = migrations();
        if (isStart(words) && number == before) {
            return "start, nothing in its journal";
        }
        String step = Files.readAllLines(journal(number)).getLast().replaceFirst(".*\"step\":\"([^\"]*)\".*", "$1");
        boolean isSwitching = Files.exists(cli.repo().resolve("s3ds/switch.json"));
        return (isStart(words) ? "start" : words[1]) + ", last step: " + step + (isSwitching ? ", in the switch" : "");
    }

    private int migrations() {
        int number = 0;
        while (Files.exists(journal(number + 1))) {
            number++;
        }
        return number;
    }

    private Path journal(int number) {
        return cli.repo().resolve("s3ds/migrate/" + number + "/journal");
    }

    /** A move most times, or the way back, or the removal of what was left. */
    private String[] next(int number, Random random) throws Exception {
        List<String> states = ok("migrate", "status")
                .lines()
                .filter(line -> line.startsWith("Migration "))
                .toList();
        if (!states.isEmpty() && states.getLast().endsWith(": done") && random.nextInt(4) == 0) {
            return credentials("migrate", "revert");
        }
        return !states.isEmpty() && random.nextInt(4) == 0
                ? new String[] {"migrate", "clean", "--yes"}
                : server.reaching(move(number));
    }

    /** The blocks, from where they are to the next place; every fourth time everything else. */
    private String[] move(int number) throws Exception {
        String spec = Files.readString(cli.repo().resolve("datastore_spec"));
        if (number % 4 == 3) {
            String to = spec.contains("pins") ? "levelds:others" + number : "s3://two/pins" + number;
            return new String[] {"migrate", "--yes", "--mount", "/", "--to", to};
        }
        String to = spec.contains("node1")
                ? "s3://two/a/b"
                : spec.contains("a/b") ? "flatfs:files" + number : "s3://one/node1";
        return new String[] {"migrate", "--yes", "--keep-others", "--to", to};
    }

    private boolean isUnderWay() {
        return Stream.of(": being copied", ": being reverted").anyMatch(ok("migrate", "status")::contains);
    }

    /** The repo has all, and takes more. */
    private void look(Random random) throws Exception {
        ok("pin", "verify");
        Set<String> pinned =
                new TreeSet<>(ok("pin", "ls", "-q", "--type=recursive").lines().toList());
        assertTrue(pinned.containsAll(added), () -> added + " are not all in " + pinned);
        Path file = directory.resolve("new" + ++files);
        Files.writeString(file, "new " + random.nextLong());
        added.add(ok("add", "-Q", file.getFileName().toString()).strip());
    }

    private void assertEveryBlockIsWhole() throws Exception {
        Map<String, String> blocks = new FlatfsFolderOfTest(cli.repo().resolve("last")).blocks();
        Map<String, String> listed = new TreeMap<>();
        ok("refs", "local").lines().forEach(cid -> listed.put(cid, cid));
        assertEquals(listed.size(), blocks.size());
    }

    /**
     * Kills a process at some moment of the time that its command takes when it is left alone, as far as that is known:
     * it is taken for longer after each kill, so that on a slow machine, too, there are kills in every step. Most moves
     * are killed only when they have shown what there is to do, which is when they begin to do it.
     */
    private int kill(Process process, Random random, String... words) throws Exception {
        boolean isPlanned = isStart(words) && !List.of(words).contains("--mount") && random.nextInt(4) > 0;
        if (isPlanned) {
            int ignored = process.getInputStream().read();
        }
        String what = (isStart(words) ? "start" : words[1]) + isPlanned;
        long most = usual.getOrDefault(what, TimeUnit.SECONDS.toNanos(1));
        long begin = System.nanoTime();
        if (process.waitFor((long) (most * 1.1 * random.nextDouble()), TimeUnit.NANOSECONDS)) {
            usual.put(what, System.nanoTime() - begin);
        } else {
            process.toHandle().destroyForcibly();
            usual.put(what, most + most / 5);
        }
        return process.waitFor();
    }

    private static boolean isStart(String... words) {
        return words[1].startsWith("-");
    }

    private String[] credentials(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--access-key", server.accessKey(), "--secret-key-file", "secret"));
        return all.toArray(String[]::new);
    }

    private String ok(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals(0, result.exit(), () -> String.join(" ", words) + ": " + result.err());
        return result.out();
    }

    private Process start(String... words) throws Exception {
        return ChildProgram.of(cli, directory, words).start();
    }
}
