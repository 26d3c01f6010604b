package org.s3ds.node.gc;

/**
 * Says of most names that are not in a run that they are not; of one in two hundred, and of all that are, that they may
 * be. A Bloom filter whose bits for one name lie within 64 bytes, so that asking costs one look into memory.
 */
final class NameFilter {
    private static final int BITS_PER_NAME = 12;
    private static final int BITS_SET = 7;
    private static final int LINE = 8; // words of 64 bits
    private static final int CHUNK = 1 << 15; // words; small enough to be moved by the garbage collector

    private final long[][] chunks;
    private final long lines;

    /** For so many names. */
    NameFilter(long names) {
        this.lines = Math.max(1, names * BITS_PER_NAME / (LINE * Long.SIZE));
        long words = lines * LINE;
        this.chunks = new long[(int) ((words + CHUNK - 1) / CHUNK)][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = new long[(int) Math.min(CHUNK, words - (long) i * CHUNK)];
        }
    }

    void add(long hash) {
        long at = line(hash);
        long[] chunk = chunks[(int) (at / CHUNK)];
        int first = (int) (at % CHUNK);
        long bits = bits(hash);
        for (int i = 0; i < BITS_SET; i++, bits >>>= 9) {
            chunk[first + (int) (bits & 7)] |= 1L << (bits >>> 3);
        }
    }

    boolean mayContain(long hash) {
        long at = line(hash);
        long[] chunk = chunks[(int) (at / CHUNK)];
        int first = (int) (at % CHUNK);
        long bits = bits(hash);
        for (int i = 0; i < BITS_SET; i++, bits >>>= 9) {
            if ((chunk[first + (int) (bits & 7)] & 1L << (bits >>> 3)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The first word of the line of a hash, by its upper bits. */
    private long line(long hash) {
        return Math.unsignedMultiplyHigh(hash, lines) * LINE;
    }

    /** Seven times nine bits: a word of the line, and a bit of the word. */
    private static long bits(long hash) {
        return hash * 0xd6e8feb86659fd93L;
    }
}
