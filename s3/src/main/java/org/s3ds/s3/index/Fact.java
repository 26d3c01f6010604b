package org.s3ds.s3.index;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is written of one key.
 *
 * @param epoch of the listing and the operations that it comes from: one of an earlier epoch says nothing any more, but
 *     for its notes
 * @param isThere whether there is a value
 * @param size of the value, in bytes; 0 when there is none
 * @param notes bits that were noted of the value
 * @param seconds since 1970 when it was last seen to be so; 0 where that does not matter
 */
record Fact(long epoch, boolean isThere, long size, int notes, long seconds) {
    /** Nothing is known, in an epoch that never is. */
    static final Fact NONE = new Fact(0, false, 0, 0, 0);

    /** Bytes: a first one, which has a number of its own for each layout and says more; the notes; numbers. */
    private static final int THERE = 1;

    private static final int TIMED = 2;
    private static final int MOST = 2 + 3 * 9;
    private static final int GROUP = 7;
    private static final int MORE = 0x80;

    /** With more notes. */
    Fact noted(int bits) {
        return new Fact(epoch, isThere, size, notes | bits, seconds);
    }

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST);
        bytes.put((byte) ((isThere ? THERE : 0) | (seconds == 0 ? 0 : TIMED)));
        bytes.put((byte) notes);
        write(bytes, epoch);
        write(bytes, size);
        if (seconds != 0) {
            write(bytes, seconds);
        }
        byte[] exact = new byte[bytes.position()];
        bytes.flip().get(exact);
        return exact;
    }

    /** What bytes say; null when there are none, or they are of another layout. */
    static @Nullable Fact decode(byte @Nullable [] encoded) {
        if (encoded == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        int flags = bytes.get();
        if ((flags & ~(THERE | TIMED)) != 0) {
            return null;
        }
        int notes = bytes.get() & 0xff;
        long epoch = read(bytes);
        long size = read(bytes);
        return new Fact(epoch, (flags & THERE) != 0, size, notes, (flags & TIMED) == 0 ? 0 : read(bytes));
    }

    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest >= MORE) {
            bytes.put((byte) (rest | MORE));
            rest >>>= GROUP;
        }
        bytes.put((byte) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += GROUP) {
            byte next = bytes.get();
            number |= (long) (next & (MORE - 1)) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
