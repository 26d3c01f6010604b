package org.s3ds.node.blocks;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * A hash of byte strings for tables in memory: quick, and of no use outside the process. Each has a key of its own, so
 * that nobody can write a DAG whose names all fall into one place of a table.
 */
public final class NameHash {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private final long key;

    /** With a key by chance; what a set holds does not depend on it. */
    public NameHash() {
        this.key = new SplittableRandom().nextLong();
    }

    /** The hash of some bytes of an array; all 64 bits are good. */
    public long of(byte[] bytes, int offset, int length) {
        ByteBuffer words = ByteBuffer.wrap(bytes);
        long hash = mix(key ^ length);
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ words.getLong(at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | (bytes[at] & 0xff);
        }
        return mix(hash ^ rest ^ key);
    }

    private static long mix(long word) {
        return (word * FACTOR) ^ Math.unsignedMultiplyHigh(word, FACTOR);
    }
}
