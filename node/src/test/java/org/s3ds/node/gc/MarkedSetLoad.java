package org.s3ds.node.gc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Fills a {@link MarkedSet} with made-up sha2-256 multihashes and asks for them: {@code MarkedSetLoad FOLDER COUNT
 * MEMORY}, the bytes that it may keep in memory. Fails when an answer is wrong; prints how fast it was.
 */
final class MarkedSetLoad {
    private static final int LENGTH = 34;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final byte[] name = new byte[LENGTH];
    private final ByteBuffer digest = ByteBuffer.wrap(name, 2, LENGTH - 2).slice();
    private final MarkedSet set;
    private final long count;

    private MarkedSetLoad(MarkedSet set, long count) {
        this.set = set;
        this.count = count;
        name[0] = 0x12;
        name[1] = 0x20;
    }

    /**
     * A command for the shell that fills a set.
     *
     * @param heap as {@code -Xmx} has it
     */
    static String command(Path folder, String heap, long count, long memory) {
        return String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:-UsePerfData", // a file of Java's own
                "-cp",
                "'" + System.getProperty("java.class.path") + "'",
                MarkedSetLoad.class.getName(),
                "'" + folder + "'",
                Long.toString(count),
                Long.toString(memory));
    }

    public static void main(String[] arguments) throws IOException {
        long count = Long.parseLong(arguments[1]);
        try (MarkedSet set = new MarkedSet(Path.of(arguments[0]), "load", Long.parseLong(arguments[2]))) {
            new MarkedSetLoad(set, count).run();
        }
    }

    private void run() throws IOException {
        measure("adds of new names", count, this::addAll);
        measure("adds of names that are there", count / 20, () -> askScattered(true));
        measure("seal", count, set::seal);
        measure("questions in random order, half not there", count / 10, () -> askScattered(false));
        askSorted();
        if (set.size() != count) {
            throw new IllegalStateException(set.size() + " names instead of " + count);
        }
        System.out.printf(
                "bytes of files for each name: %.1f; bytes of heap in use: %.1f%n",
                (double) set.bytesOnDisk() / count, (double) heapInUse() / count);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void measure(String what, long operations, Step step) throws IOException {
        long start = System.nanoTime();
        step.run();
        tell(what, operations, start);
    }

    private static void tell(String what, long operations, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %d in %.1f s, %.0f/s%n", what, operations, seconds, operations / seconds);
    }

    private void addAll() throws IOException {
        for (long i = 0; i < count; i++) {
            require(set.add(make(i), LENGTH), true, i);
        }
    }

    private void askScattered(boolean adding) throws IOException {
        long step = 982_451_653; // a prime
        for (long i = 0; i < count / 20; i++) {
            long there = i * step % count;
            if (adding) {
                require(set.add(make(there), LENGTH), false, there);
            } else {
                require(set.contains(make(there), LENGTH), true, there);
                require(set.contains(make(count + there), LENGTH), false, count + there);
            }
        }
    }

    /** As a sweep asks: all that begin alike, by their bytes. */
    private void askSorted() throws IOException {
        long end = Long.divideUnsigned(-1, Math.max(100, count / 250_000));
        long[] words = LongStream.range(0, 2 * count)
                .map(number -> mix(number + STEP))
                .filter(word -> word >= 0 && word < end)
                .sorted()
                .toArray();
        long start = System.nanoTime();
        for (long word : words) {
            long number = unmix(word) - STEP;
            require(set.contains(make(number), LENGTH), number < count, number);
        }
        tell("questions in order, half not there", words.length, start);
    }

    private static void require(boolean answer, boolean right, long name) {
        if (answer != right) {
            throw new IllegalStateException("a wrong answer for name " + name);
        }
    }

    private byte[] make(long number) {
        for (int i = 0; i < 4; i++) {
            digest.putLong(i * Long.BYTES, mix(number + STEP * (i + 1)));
        }
        return name;
    }

    private static long mix(long word) {
        long mixed = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private static long unmix(long mixed) {
        long word = (mixed ^ (mixed >>> 31) ^ (mixed >>> 62)) * 0x319642b2d24d8ec3L;
        word = (word ^ (word >>> 27) ^ (word >>> 54)) * 0x96de1b173f119089L;
        return word ^ (word >>> 30) ^ (word >>> 60);
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
