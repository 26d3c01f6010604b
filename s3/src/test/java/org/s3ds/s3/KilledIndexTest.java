package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.State;

/**
 * A process that stores and deletes is killed at any moment: what was acknowledged is so, and the index says what a
 * listing shows. The seed is printed; {@code -Ds3ds.seed=N} repeats the workload, {@code -Ds3ds.rounds=N} does more.
 */
class KilledIndexTest {
    private static final int MOST_LINES = 400;

    private final long seed = Long.getLong("s3ds.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** Whether blocks are there. */
    private final Map<Integer, Boolean> known = new TreeMap<>();

    @TempDir
    private Path folder = Path.of("");

    private int believed;

    /** How many processes are killed. */
    int rounds() {
        return Integer.getInteger("s3ds.rounds", 3);
    }

    /** Where the bucket is. */
    TestServer server() throws IOException {
        return TestServer.embedded(folder.resolve("server"));
    }

    @Test
    void whatIsKnownAfterAKillIsSo() throws Exception {
        System.out.println("killed index: -Ds3ds.seed=" + seed);
        try (TestServer server = server()) {
            S3Config config = server.bucket("node1");
            Map<String, String> spec = new HashMap<>();
            server.spec(config.bucket(), "node1").forEach((key, value) -> spec.put(key, String.valueOf(value)));
            spec.remove("workers");
            IntStream.range(0, KilledWorkload.BLOCKS).forEach(block -> known.put(block, false));
            for (int round = 0; round < rounds(); round++) {
                learn(runUntilKilled(spec));
                try (Datastore store = KilledWorkload.open(folder.resolve("repo"), config, Metrics.none())) {
                    check(store, "round " + round + ", seed " + seed);
                }
            }
        }
        System.out.println("killed index: believed after " + believed + " of " + rounds() + " kills");
        assertTrue(2 * believed >= rounds() - 2, "a kill is no reason to list anew");
    }

    /** What a process said before it was killed. */
    private List<String> runUntilKilled(Map<String, String> spec) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWorkload.class.getName(),
                folder.resolve("repo").toString(),
                String.valueOf(random.nextLong()),
                present().map(String::valueOf).collect(Collectors.joining(","))));
        spec.forEach((key, value) -> command.add(key + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new ArrayList<>();
        int lines = random.nextInt(MOST_LINES);
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (said.size() == lines + 1) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertTrue(said.size() > lines, "it ended by itself");
        return said;
    }

    private Stream<Integer> present() {
        return known.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey);
    }

    /** What was begun and did not come to its end may be so or not. */
    private void learn(List<String> said) {
        Map<String, Map<Integer, Boolean>> begun = new HashMap<>();
        for (String line : said) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "B" -> {
                    Map<Integer, Boolean> changes = new HashMap<>();
                    List.of(words)
                            .subList(2, words.length)
                            .forEach(each -> changes.put(Integer.valueOf(each.substring(1)), each.startsWith("+")));
                    begun.put(words[1], changes);
                    known.keySet().removeAll(changes.keySet());
                }
                case "E" -> known.putAll(begun.getOrDefault(words[1], Map.of()));
                case "F" -> {}
                default -> throw new AssertionError(line + ", seed " + seed);
            }
        }
    }

    private void check(Datastore store, String round) throws DatastoreException {
        StoreIndex index = store.index(Key.ROOT).orElseThrow();
        believed += index.status().state() == State.COMPLETE ? 1 : 0;
        Set<Key> there = keys(store.unindexed());
        known.forEach((block, isThere) ->
                assertEquals(isThere, there.contains(new NumberedBlock(block).key()), round + ", block " + block));
        for (int block = 0; block < KilledWorkload.BLOCKS; block++) {
            Key key = new NumberedBlock(block).key();
            assertEquals(there.contains(key), store.has(key), round + ", block " + block);
            known.put(block, there.contains(key));
        }
        Key mark = Key.of("/mark");
        store.put(mark, new byte[1]);
        there.add(mark);
        assertTrue(index.awaitLoaded(Duration.ofMinutes(1)));
        assertEquals(there, keys(store), round);
        assertEquals(allKeys(store).size(), index.totals().orElseThrow().count(), round);
        index.verify(so -> {}, drift -> assertTrue(isTemporary(drift.key()), round + ": " + drift));
        assertEquals(0, index.status().doubtful(), round);
    }

    private static Set<Key> keys(Datastore store) throws DatastoreException {
        Set<Key> keys = allKeys(store);
        keys.removeIf(KilledIndexTest::isTemporary);
        return keys;
    }

    /**
     * A server on a folder shows the file into which it takes a value in, as long as the killed process's request
     * lasts.
     */
    private static boolean isTemporary(Key key) {
        return key.toString().contains("-");
    }

    private static Set<Key> allKeys(Datastore store) throws DatastoreException {
        Set<Key> keys = new TreeSet<>(Key.BYTE_ORDER);
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                keys.add(entry.get().key());
            }
        }
        return keys;
    }
}
