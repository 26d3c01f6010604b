package org.s3ds.ipld.unixfs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash3 x64-128 with seed 0, of which sharded directories use the first 64 bits. */
final class Murmur3 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private Murmur3() {}

    /** The first 64 bits of the hash, most significant first. */
    static long hash64(byte[] data, int offset, int length) {
        long h1 = 0;
        long h2 = 0;
        int end = offset + length;
        int at = offset;
        for (; end - at >= 16; at += 16) {
            h1 = (Long.rotateLeft(h1 ^ mix1((long) LONGS.get(data, at)), 27) + h2) * 5 + 0x52dce729;
            h2 = (Long.rotateLeft(h2 ^ mix2((long) LONGS.get(data, at + 8)), 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= mix1(tail(data, at, Math.min(end, at + 8)));
        h2 ^= mix2(tail(data, at + 8, end));
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    /** Up to eight bytes, least significant first; 0 for none, which mixes to 0. */
    private static long tail(byte[] data, int from, int to) {
        long k = 0;
        for (int i = to - 1; i >= from; i--) {
            k = (k << 8) | (data[i] & 0xff);
        }
        return k;
    }

    private static long finish(long h) {
        long k = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        k = (k ^ (k >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return k ^ (k >>> 33);
    }
}
