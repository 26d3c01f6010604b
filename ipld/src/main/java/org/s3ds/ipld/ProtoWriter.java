package org.s3ds.ipld;

import java.nio.ByteBuffer;

/** Writes protobuf fields into an array that was made as long as they need: the sizes are asked for first. */
public final class ProtoWriter {
    private final byte[] target;
    private int at;

    /** Into a new array of this many bytes. */
    public ProtoWriter(int size) {
        this.target = new byte[size];
    }

    /** How many bytes the number takes, 1 to 10; a negative one counts as 64 bits without sign. */
    public static int varintSize(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    /** How many bytes a number takes with its one-byte tag. */
    public static int numberSize(long value) {
        return 1 + varintSize(value);
    }

    /** How many bytes a field of {@code length} bytes takes, with its length and its one-byte tag. */
    public static int bytesSize(int length) {
        return 1 + varintSize(length) + length;
    }

    /** A number, 64 bits without sign; {@code field} is 1 to 15 here and below. */
    public ProtoWriter number(int field, long value) {
        target[at++] = (byte) ProtoReader.tag(field, ProtoReader.VARINT);
        return varint(value);
    }

    /** Bytes. */
    public ProtoWriter bytes(int field, byte[] value) {
        message(field, value.length);
        System.arraycopy(value, 0, target, at, value.length);
        at += value.length;
        return this;
    }

    /** The bytes that are left in a buffer, whose position stays as it is. */
    public ProtoWriter bytes(int field, ByteBuffer value) {
        int length = value.remaining();
        message(field, length);
        value.get(value.position(), target, at, length);
        at += length;
        return this;
    }

    /** The head of a message of {@code length} bytes, which follow. */
    public ProtoWriter message(int field, int length) {
        target[at++] = (byte) ProtoReader.tag(field, ProtoReader.LENGTH_DELIMITED);
        return varint(length);
    }

    /** Four bytes; {@code value} is taken without sign. */
    public ProtoWriter fixed32(int field, int value) {
        target[at++] = (byte) ProtoReader.tag(field, ProtoReader.FIXED32);
        for (int shift = 0; shift < Integer.SIZE; shift += 8) {
            target[at++] = (byte) (value >>> shift);
        }
        return this;
    }

    /**
     * The array, full.
     *
     * @throws IllegalStateException when fewer bytes were written than announced
     */
    public byte[] done() {
        if (at != target.length) {
            throw new IllegalStateException("wrote " + at + " of " + target.length + " bytes");
        }
        return target;
    }

    private ProtoWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return this;
    }
}
