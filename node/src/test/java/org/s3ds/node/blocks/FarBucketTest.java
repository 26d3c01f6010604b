package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long 1 GiB takes that is read as {@link Flow} says, over a line of 1 Gbit/s to a bucket that is far away, in
 * simulated time: the blocks come over the line one after the other, each so much later than it was asked for.
 */
class FarBucketTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long MICROSECOND = 1_000;
    private static final int BLOCKS = 4096;
    private static final long BLOCK_NANOS = (256L << 10) * 8; // at a bit a nanosecond
    /** Between so many leaves is a node, which comes from memory. */
    private static final int LEAVES = 174;

    private record Asked(long at, long comes) {}

    /** Nanoseconds until the last block has come. */
    private static long read(Flow flow, long awayNanos) {
        return read(flow, awayNanos, Integer.MAX_VALUE);
    }

    /** The same, with blocks from memory now and then. */
    private static long read(Flow flow, long awayNanos, int leaves) {
        Deque<Asked> inFlight = new ArrayDeque<>();
        long now = 0;
        long lineFree = 0;
        int asked = 0;
        for (int come = 0; come < BLOCKS; come++) {
            while (asked < BLOCKS && inFlight.size() < flow.inFlight()) {
                lineFree = Math.max(lineFree, now + awayNanos) + BLOCK_NANOS;
                inFlight.add(new Asked(now, lineFree));
                asked++;
            }
            Asked first = inFlight.remove();
            now = first.comes;
            flow.ended(first.at, now);
            if (come % leaves == leaves - 1) {
                flow.ended(now, now + MICROSECOND);
            }
        }
        return now;
    }

    @ParameterizedTest
    @CsvSource({"1", "20", "40", "80", "120"})
    void theLineIsFull(int awayMilliseconds) {
        long took = read(new Flow(Window.DEFAULT.blocks()), awayMilliseconds * MILLISECOND);
        assertTrue(took < 1.1 * BLOCKS * BLOCK_NANOS, "GiB in ms: " + took / MILLISECOND);
    }

    /** Nor is it emptied by nodes that are in memory, or leaves of which the index knows that they are there. */
    @ParameterizedTest
    @CsvSource({"20", "80", "120"})
    void theLineIsFullThoughSomeComeFromMemory(int awayMilliseconds) {
        Flow flow = new Flow(Window.DEFAULT.blocks());
        long took = 0;
        for (int i = 0; i < 8; i++) {
            took = read(flow, awayMilliseconds * MILLISECOND, LEAVES);
        }
        assertTrue(took < 1.1 * BLOCKS * BLOCK_NANOS, "GiB in ms: " + took / MILLISECOND);
    }

    @ParameterizedTest
    @CsvSource({"40", "80"})
    void theFirstSecondsAreNoSlower(int awayMilliseconds) {
        Flow flow = new Flow(Window.DEFAULT.blocks());
        long whole = read(flow, awayMilliseconds * MILLISECOND);
        long again = read(flow, awayMilliseconds * MILLISECOND);
        assertTrue(whole < again + 2L * awayMilliseconds * MILLISECOND, whole + " and, known already, " + again);
    }

    @ParameterizedTest
    @CsvSource({"80"})
    void oneAfterTheOtherTakesThirtyTimesAsLong(int awayMilliseconds) {
        long oneByOne = read(new Flow(1), awayMilliseconds * MILLISECOND);
        long many = read(new Flow(Window.DEFAULT.blocks()), awayMilliseconds * MILLISECOND);
        assertTrue(oneByOne > 30 * many, oneByOne + " and " + many);
    }
}
