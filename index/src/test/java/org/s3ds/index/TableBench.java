package org.s3ds.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.TableChanges;

/** Measures a table with many entries, and the sorted file that is the limit; see {@code bench/index}. */
final class TableBench {
    private static final int BATCH = 1000;
    private static final int ASKED = 500_000;

    private final Path folder;
    private final BenchKeys keys;

    private TableBench(Path folder, int count) {
        this.folder = folder;
        this.keys = new BenchKeys(count);
    }

    /**
     * Does one thing in this process.
     *
     * @param arguments what ({@code shuffled}, {@code sorted}, {@code read} or {@code file}), a folder, how many
     *     entries
     */
    public static void main(String[] arguments) throws IOException {
        TableBench bench = new TableBench(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        switch (arguments[0]) {
            case "shuffled" -> bench.loadShuffled();
            case "sorted" -> bench.loadSorted();
            case "read" -> bench.read();
            case "file" -> bench.file();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** One by one, in no order, as blocks are put. */
    private void loadShuffled() throws IOException {
        try (KeyTable table = open()) {
            Clock clock = new Clock();
            for (int i = 0; i < keys.count(); i++) {
                int place = keys.shuffled(i);
                table.write(new TableChanges().put(keys.key(place), keys.value(place)));
            }
            table.sync();
            loaded("in no order, one by one", clock, table);
        }
    }

    /** In the order of their keys, a thousand at a time, as from a listing. */
    private void loadSorted() throws IOException {
        try (KeyTable table = open()) {
            Clock clock = new Clock();
            for (int first = 0; first < keys.count(); first += BATCH) {
                TableChanges changes = new TableChanges();
                for (int i = first; i < Math.min(keys.count(), first + BATCH); i++) {
                    changes.put(keys.key(i), keys.value(i));
                }
                table.write(changes);
            }
            table.sync();
            loaded("in order, by the thousand", clock, table);
        }
    }

    private void loaded(String how, Clock clock, KeyTable table) throws IOException {
        say("load %s: %s; %.1f bytes on disk for each".formatted(how, clock.rate(keys.count()), perEntry(table)));
    }

    private double perEntry(KeyTable table) throws IOException {
        return (double) table.diskUsage().orElseThrow() / keys.count();
    }

    private void read() throws IOException {
        List<Key> present = new ArrayList<>();
        List<Key> absent = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            present.add(keys.key(keys.shuffled(i)));
            absent.add(keys.absent(i));
        }
        long before = resident();
        Clock opening = new Clock();
        try (KeyTable table = open()) {
            say("open: %s; %.1f bytes on disk for each".formatted(opening, perEntry(table)));
            for (int round = 1; round <= 4; round++) {
                get(table, present, round, "present");
                get(table, absent, round, "absent");
            }
            say("resident: %d MiB more than before".formatted((resident() - before) >> 10));
            Clock scanning = new Clock();
            try (KeyTable.Scan scan = table.scan(Optional.empty())) {
                long seen = 0;
                while (scan.next()) {
                    seen++;
                }
                say("scan: %s".formatted(scanning.rate(seen)));
            }
            say("resident: %d MiB more than before".formatted((resident() - before) >> 10));
        }
    }

    private static void get(KeyTable table, List<Key> asked, int round, String which) throws IOException {
        Clock clock = new Clock();
        int found = 0;
        for (Key key : asked) {
            byte @Nullable [] value = table.get(key);
            found += value == null ? 0 : 1;
        }
        say("get %s, round %d: %s, %d found".formatted(which, round, clock.rate(asked.size()), found));
    }

    private void file() throws IOException {
        SortedFile file = new SortedFile(folder, keys);
        Clock writing = new Clock();
        file.write();
        say("sorted file, written: %s; %d bytes each".formatted(writing.rate(keys.count()), SortedFile.RECORD));
        Clock opening = new Clock();
        file.open();
        say("sorted file, open: %s".formatted(opening));
        for (int round = 1; round <= 4; round++) {
            Clock clock = new Clock();
            int found = 0;
            for (int i = 0; i < ASKED; i++) {
                found += file.find(keys.bytes(keys.shuffled(i))).isPresent() ? 1 : 0;
            }
            say("sorted file, get present, round %d: %s, %d found".formatted(round, clock.rate(ASKED), found));
        }
    }

    private KeyTable open() throws IOException {
        return new RocksTables(folder, "1").open("bench");
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS in /proc/self/status");
    }

    private static void say(String words) {
        System.out.println(words);
    }

    /** Time that passes, and that of the processors. */
    private static final class Clock {
        private final long wall = System.nanoTime();
        private final long cpu = cpu();

        private static long cpu() {
            return ((com.sun.management.OperatingSystemMXBean)
                            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        String rate(long count) {
            double seconds = (System.nanoTime() - wall) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%,.0f/s (%.2f s, %.2f us CPU each)",
                    count / seconds,
                    seconds,
                    (cpu() - cpu) / 1e3 / count);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.0f ms, %.0f ms CPU", (System.nanoTime() - wall) / 1e6, (cpu() - cpu) / 1e6);
        }
    }
}
