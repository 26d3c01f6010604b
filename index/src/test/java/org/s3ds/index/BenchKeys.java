package org.s3ds.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.s3ds.datastore.Key;

/** As many random keys of blocks as wanted, with the order that they have, and a value for each. */
final class BenchKeys {
    /** Steps over a count that it has no divisor in common with: a prime. */
    private static final long STEP = 6_700_417;

    /** The first eight bytes of each, in order, with the sign turned round. */
    private final long[] firsts;

    BenchKeys(int count) {
        firsts = new long[count];
        Arrays.setAll(firsts, BenchKeys::mixed);
        Arrays.sort(firsts);
    }

    int count() {
        return firsts.length;
    }

    /** The place of the one that is the {@code i}th in some random order. */
    int shuffled(int i) {
        return (int) (i * STEP % firsts.length);
    }

    /** The key at a place in order. */
    Key key(int place) {
        return BlockKeys.key(bytes(place));
    }

    /** Its bytes in a table. */
    byte[] bytes(int place) {
        return bytes(firsts[place] ^ Long.MIN_VALUE, place);
    }

    /** Some other key. */
    Key absent(int i) {
        return BlockKeys.key(bytes(mixed(-i - 1L), i));
    }

    /** The value of the key at a place: 8 bytes. */
    byte[] value(int place) {
        return ByteBuffer.allocate(8).putInt(1).putInt(place & 0x3ffff).array();
    }

    private static byte[] bytes(long first, long seed) {
        return ByteBuffer.allocate(32)
                .putLong(first)
                .putLong(mixed(seed << 2 | 1))
                .putLong(mixed(seed << 2 | 2))
                .putLong(mixed(seed << 2 | 3))
                .array();
    }

    private static long mixed(long seed) {
        long mixed = (seed + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
