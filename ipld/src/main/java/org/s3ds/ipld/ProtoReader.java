package org.s3ds.ipld;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads protobuf fields, one after the other, from a stretch of bytes. Nothing outside the stretch is touched, nothing
 * is allocated for more than it holds, and every failure says at which byte.
 *
 * <p>For each field: {@link #nextTag}, then the one method that reads its wire type.
 */
public final class ProtoReader {
    /** A number: {@link #varint}. */
    public static final int VARINT = 0;

    /** Eight bytes: {@link #skip}. */
    public static final int FIXED64 = 1;

    /** Bytes behind their length: {@link #bytes}, {@link #text}, {@link #message}. */
    public static final int LENGTH_DELIMITED = 2;

    /** Four bytes: {@link #fixed32}. */
    public static final int FIXED32 = 5;

    private static final int VARINT_BYTES = 10;

    private final byte[] source;
    private final int end;
    private final String what;
    private int at;

    private ProtoReader(byte[] source, int start, int end, String what) {
        this.source = source;
        this.at = start;
        this.end = end;
        this.what = what;
    }

    /**
     * Over all of an array, which is not copied.
     *
     * @param what the kind of message, for failures: {@code dag-pb}
     */
    public static ProtoReader of(byte[] source, String what) {
        return new ProtoReader(source, 0, source.length, what);
    }

    /** Whether bytes are left. */
    public boolean hasMore() {
        return at < end;
    }

    /** Where the next byte is, counted from the start of the array. */
    public int offset() {
        return at;
    }

    /**
     * The tag of the next field: its number shifted left by three, plus its wire type.
     *
     * @throws FormatException when it is not a tag with a field number from 1 to 2^28
     */
    public int nextTag() throws FormatException {
        int start = at;
        long tag = varint();
        if (tag >>> 3 == 0 || tag < 0 || tag > Integer.MAX_VALUE) {
            throw failure("a field number that protobuf does not allow", start);
        }
        return (int) tag;
    }

    /** The tag of a field. */
    public static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    /** The field's number, all 64 bits; may be spelt longer than needed. */
    public long varint() throws FormatException {
        int start = at;
        long value = 0;
        for (int i = 0; i < VARINT_BYTES; i++) {
            if (at >= end) {
                throw failure("the bytes end within a number", start);
            }
            byte part = source[at++];
            if (i == VARINT_BYTES - 1 && (part & 0xFF) > 1) {
                break;
            }
            value |= (part & 0x7FL) << (7 * i);
            if (part >= 0) {
                return value;
            }
        }
        throw failure("a number of more than 64 bits", start);
    }

    /** The field's four bytes as an unsigned number. */
    public long fixed32() throws FormatException {
        require(4, at);
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (source[at++] & 0xFFL) << (8 * i);
        }
        return value;
    }

    /** A copy of the field's bytes. */
    public byte[] bytes() throws FormatException {
        int start = stretch();
        return Arrays.copyOfRange(source, start, at);
    }

    /** The field's bytes as a view of the source: not a copy, and read-only. */
    public ByteBuffer view() throws FormatException {
        int start = stretch();
        return ByteBuffer.wrap(source, start, at - start).slice().asReadOnlyBuffer();
    }

    /** The field's text, which must be UTF-8. */
    public String text() throws FormatException {
        int start = stretch();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, start, at - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failure("a text that is not UTF-8", start);
        }
    }

    /** A reader of the message in the field. */
    public ProtoReader message() throws FormatException {
        int start = stretch();
        return new ProtoReader(source, start, at, what);
    }

    /** Passes over a field with this tag, of whatever wire type. */
    public void skip(int tag) throws FormatException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case LENGTH_DELIMITED -> stretch();
            case FIXED32 -> advance(4);
            default -> throw failure("wire type " + (tag & 7) + ", which is not read", at);
        }
    }

    /** The failure of this message: what is wrong, and at which byte of the array. */
    public FormatException failure(String problem, int offset) {
        return new FormatException("invalid " + what + ": " + problem + ", at byte " + offset);
    }

    /** Reads a length, moves behind the bytes it tells of, and answers where they start. */
    private int stretch() throws FormatException {
        int lengthAt = at;
        long length = varint();
        require(length, lengthAt);
        int start = at;
        at += (int) length;
        return start;
    }

    private void advance(int count) throws FormatException {
        require(count, at);
        at += count;
    }

    private void require(long count, int offset) throws FormatException {
        if (count < 0 || count > end - at) {
            throw failure(
                    "a field of " + Long.toUnsignedString(count) + " bytes where " + (end - at) + " are left", offset);
        }
    }
}
