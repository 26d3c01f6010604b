package org.s3ds.ipld;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the items of CBOR one after the other. Nothing outside the array is touched, nothing is allocated for more than
 * it holds, and every failure says at which byte.
 *
 * <p>For each item: {@link #next}, then what its kind asks for.
 */
final class CborReader {
    /** A whole number from 0. */
    static final int UNSIGNED = 0;

    /** A whole number below 0: -1 less the argument. */
    static final int NEGATIVE = 1;

    /** As many bytes as the argument says. */
    static final int BYTES = 2;

    /** As many bytes of UTF-8 as the argument says. */
    static final int TEXT = 3;

    /** As many items as the argument says. */
    static final int LIST = 4;

    /** As many pairs of items as the argument says. */
    static final int MAP = 5;

    /** The argument says how the item behind it is meant. */
    static final int TAG = 6;

    /** What else there is: see {@link #info}. */
    static final int SIMPLE = 7;

    /** The {@link #info} of what ends where it says so; of {@link #SIMPLE}, that end. */
    static final int INDEFINITE = 31;

    /** The tag of a link. */
    static final int LINK = 42;

    /** The {@link #info} of false. */
    static final int FALSE = 20;

    /** The {@link #info} of true. */
    static final int TRUE = 21;

    /** The {@link #info} of null. */
    static final int NULL = 22;

    /** The {@link #info} of what is not defined. */
    static final int UNDEFINED = 23;

    /** The {@link #info} of a float of two bytes. */
    static final int FLOAT16 = 25;

    /** The {@link #info} of a float of four bytes. */
    static final int FLOAT32 = 26;

    /** The {@link #info} of a float of eight bytes. */
    static final int FLOAT64 = 27;

    private static final int ONE_BYTE = 24;
    private static final int EIGHT_BYTES = 27;

    private final byte[] source;
    private int at;
    private int start;
    private int kind;
    private int info;
    private long argument;

    CborReader(byte[] source) {
        this.source = source;
    }

    /** Reads the head of the next item. */
    void next() throws FormatException {
        start = at;
        if (at >= source.length) {
            throw failure("the bytes end where an item is due");
        }
        int first = source[at++] & 0xFF;
        kind = first >> 5;
        info = first & 31;
        argument = info;
        if (info >= ONE_BYTE && info <= EIGHT_BYTES) {
            argument = number(1 << (info - ONE_BYTE));
        } else if (info > EIGHT_BYTES && info != INDEFINITE) {
            throw failure("a byte that begins no item");
        }
    }

    private long number(int bytes) throws FormatException {
        if (bytes > source.length - at) {
            throw failure("the bytes end within an item");
        }
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | (source[at++] & 0xFF);
        }
        return number;
    }

    /** The kind of the item, 0 to 7. */
    int kind() {
        return kind;
    }

    /** The lower five bits of its first byte. */
    int info() {
        return info;
    }

    /** Its argument: 64 bits without sign. */
    long argument() {
        return argument;
    }

    /** Whether a shorter head could say the same. */
    boolean isLong() {
        return switch (info) {
            case 24 -> Long.compareUnsigned(argument, 24) < 0;
            case 25 -> argument >>> 8 == 0;
            case 26 -> argument >>> 16 == 0;
            case 27 -> argument >>> 32 == 0;
            default -> false;
        };
    }

    /** Moves behind the bytes that the argument tells of, and answers where they start. */
    int stretch() throws FormatException {
        if (Long.compareUnsigned(argument, source.length - at) > 0) {
            throw failure(Long.toUnsignedString(argument) + " bytes are announced, but " + (source.length - at)
                    + " are left");
        }
        int from = at;
        at += (int) argument;
        return from;
    }

    /**
     * How many items the argument tells of.
     *
     * @param least how many bytes each takes at least
     */
    int count(int least) throws FormatException {
        if (Long.compareUnsigned(argument, (source.length - at) / least) > 0) {
            throw failure(Long.toUnsignedString(argument) + " items are announced, but " + (source.length - at)
                    + " bytes are left");
        }
        return (int) argument;
    }

    /** A copy of the bytes. */
    byte[] bytes() throws FormatException {
        int from = stretch();
        return Arrays.copyOfRange(source, from, at);
    }

    /** The text, which must be UTF-8. */
    String text() throws FormatException {
        int from = stretch();
        return Utf8.decode(source, from, at).orElseThrow(() -> failure("a text that is not UTF-8"));
    }

    /** The text; what is not UTF-8 in it is replaced. */
    String looseText() throws FormatException {
        int from = stretch();
        return new String(source, from, at - from, StandardCharsets.UTF_8);
    }

    /** The link whose bytes these are: a zero, then its CID. */
    Cid link(byte[] bytes) throws FormatException {
        if (bytes.length == 0 || bytes[0] != 0) {
            throw failure("a link that does not begin with a zero byte");
        }
        try {
            return Cid.decode(Arrays.copyOfRange(bytes, 1, bytes.length));
        } catch (FormatException e) {
            throw failure("a link whose CID cannot be read (" + e.getMessage() + ")");
        }
    }

    /** Where the next byte is. */
    int offset() {
        return at;
    }

    /** The order of two stretches of the array: the shorter one first, else by their bytes. */
    int compare(int from, int to, int otherFrom, int otherTo) {
        int lengths = Integer.compare(to - from, otherTo - otherFrom);
        return lengths != 0 ? lengths : Arrays.compareUnsigned(source, from, to, source, otherFrom, otherTo);
    }

    /** Refuses anything behind the last item. */
    void requireEnd() throws FormatException {
        start = at;
        if (at < source.length) {
            throw failure((source.length - at) + " bytes behind the end");
        }
    }

    /** The failure of the item whose head was read last. */
    FormatException failure(String problem) {
        return new FormatException("invalid dag-cbor: " + problem + ", at byte " + start);
    }
}
