package org.s3ds.ipld;

/**
 * Unsigned numbers in groups of seven bits, lowest first (LEB128), as multiformats spells them: up to 63 bits in at
 * most 9 bytes, and never more bytes than needed.
 */
public final class Varint {
    /** The most bytes that a number takes. */
    public static final int MAX_BYTES = 9;

    private Varint() {}

    /**
     * The number that starts at {@code offset}. It takes exactly {@link #length} bytes, since there is one spelling.
     *
     * @throws FormatException when the bytes end within it, it has more than 63 bits, or a shorter spelling
     */
    public static long read(byte[] bytes, int offset) throws FormatException {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            if (offset + i >= bytes.length) {
                throw new FormatException("varints malformed, could not reach the end");
            }
            byte part = bytes[offset + i];
            value |= (part & 0x7FL) << (7 * i);
            if (part == 0 && i > 0) {
                throw new FormatException("varint not minimally encoded");
            }
            if (part >= 0) {
                return value;
            }
        }
        throw new FormatException("varints larger than uint63 not supported");
    }

    /** How many bytes the number takes, 1 to 9. */
    public static int length(long value) {
        requireUnsigned(value);
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    /** Writes the number at {@code offset} and answers the offset behind it. */
    public static int write(long value, byte[] target, int offset) {
        requireUnsigned(value);
        int at = offset;
        long rest = value;
        while (rest > 0x7F) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }

    private static void requireUnsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is at least 0, not " + value);
        }
    }
}
