package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Which slots of a shard are used. As bytes, slot 0 is the lowest bit of the last byte, and leading zero bytes are left
 * out; {@link BitSet} has them the other way round.
 */
final class SlotBits {
    private SlotBits() {}

    static byte[] toBytes(BitSet slots) {
        return reversed(slots.toByteArray());
    }

    static BitSet read(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return BitSet.valueOf(reversed(copy));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }
}
