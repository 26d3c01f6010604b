package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multibase;

/**
 * {@code repo verify --drop} that is killed while it removes corrupt blocks: every good block stays as it is, and the
 * runs after it remove the rest. The seed of what is damaged and when it is killed is printed; {@code -Ds3ds.seed=N}
 * repeats it.
 */
@Tag("packaged")
class KilledVerifyTest {
    private static final int KILLED = 128 + 9;
    private static final int DAMAGED = 40;
    /** A run that was not killed in time has damaged blocks too. */
    private static final int RUNS_FOR_ONE_KILLED = 3;

    @TempDir
    Path directory;

    private final Random random;
    private final Map<String, byte[]> good = new TreeMap<>();

    KilledVerifyTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("killed verify: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    /** How many runs are killed. */
    int kills() {
        return 3;
    }

    @Test
    void nothingGoodIsLostAndWhatIsCorruptGoesInTheEnd() throws Exception {
        try (TestBucket bucket = TestBucket.embedded(directory.resolve("server"))) {
            Cli cli = new Cli(directory);
            Map<String, Object> spec = new HashMap<>(bucket.spec("node1"));
            spec.put("access", "exclusive");
            TestRepo.init(cli, spec);
            Path folder = directory.resolve("server/" + spec.get("bucket") + "/node1");
            lay(folder);
            Set<String> damaged = new TreeSet<>();
            for (int killed = 0; killed < kills(); ) {
                damaged.addAll(damage(folder));
                int exit = killAfter(cli, 1 + random.nextInt(DAMAGED));
                killed += exit == KILLED ? 1 : 0;
                assertGoodBlocksAreThere(folder, damaged);
            }
            for (String run : List.of("goes on behind what the others have passed", "looks at all")) {
                Cli.Result end = cli.run("repo", "verify", "--drop");
                assertEquals(0, end.exit(), () -> run + ": " + end.err());
            }
            assertGoodBlocksAreThere(folder, Set.of());
            damageThatIsBehindTheLastRun(cli, folder);
        }
    }

    private void lay(Path folder) throws IOException {
        for (int i = 0; i < DAMAGED * (RUNS_FOR_ONE_KILLED * kills() + 2); i++) {
            byte[] data = ("block " + i).getBytes(StandardCharsets.UTF_8);
            byte[] hash = HashFunction.SHA2_256.hash(data).toBytes();
            String name = Multibase.BASE32_UPPER.encode(hash).substring(1);
            Files.write(folder.resolve(name), data);
            good.put(name, data);
        }
    }

    /** Damages some of the good blocks, which are good no more; gives their names. */
    private List<String> damage(Path folder) throws IOException {
        List<String> names = new ArrayList<>(good.keySet());
        Collections.shuffle(names, random);
        List<String> some = names.subList(0, DAMAGED);
        for (String name : some) {
            Files.writeString(folder.resolve(name), "damaged");
            good.remove(name);
        }
        return some;
    }

    /** Kills a run once it has said of so many blocks what it did; gives its exit code. */
    private int killAfter(Cli cli, int lines) throws Exception {
        Process process = LauncherProcess.piped(
                directory, TestRepo.environment(cli), TestRepo.command("repo", "verify", "--drop"));
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < lines && out.readLine() != null; i++) {
                // one block more
            }
            process.destroyForcibly();
        }
        int exit = process.waitFor();
        assertTrue(exit == KILLED || exit == 0, () -> "exit code " + exit);
        return exit;
    }

    /** What else is there may only be what is damaged. */
    private void assertGoodBlocksAreThere(Path folder, Set<String> damaged) throws IOException {
        for (Map.Entry<String, byte[]> block : good.entrySet()) {
            assertArrayEquals(block.getValue(), Files.readAllBytes(folder.resolve(block.getKey())), block.getKey());
        }
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("CIQ") && !good.containsKey(name) && !damaged.contains(name))
                    .collect(Collectors.toSet());
            assertEquals(Set.of("CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y"), others, "that of init");
        }
    }

    /** A run that goes on does not look again at what it has passed: the next one does. */
    private void damageThatIsBehindTheLastRun(Cli cli, Path folder) throws IOException {
        List<String> late = damage(folder);
        assertEquals(0, cli.run("repo", "verify", "--drop").exit());
        assertGoodBlocksAreThere(folder, Set.of());
        assertTrue(late.stream().noneMatch(name -> Files.exists(folder.resolve(name))));
        assertEquals(
                "verify complete, all blocks validated.\n",
                cli.run("repo", "verify").out());
    }
}
