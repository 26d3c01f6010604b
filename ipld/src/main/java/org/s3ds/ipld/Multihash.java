package org.s3ds.ipld;

import java.util.Arrays;

/**
 * A digest together with the code of the hash that made it. Bytes: varint code, varint length, digest. Any code is well
 * formed, known or not: which are accepted is decided elsewhere.
 */
public final class Multihash {
    private final byte[] bytes;
    private final int digestAt;

    private Multihash(byte[] bytes, int digestAt) {
        this.bytes = bytes;
        this.digestAt = digestAt;
    }

    /** The multihash of this function with this digest, which is copied. */
    public static Multihash of(HashFunction function, byte[] digest) {
        return of(function.code(), digest, digest.length);
    }

    /** With the first {@code length} bytes of a digest. */
    static Multihash of(long code, byte[] digest, int length) {
        int digestAt = Varint.length(code) + Varint.length(length);
        byte[] bytes = new byte[digestAt + length];
        Varint.write(length, bytes, Varint.write(code, bytes, 0));
        System.arraycopy(digest, 0, bytes, digestAt, length);
        return new Multihash(bytes, digestAt);
    }

    /**
     * The multihash that these bytes are, all of them.
     *
     * @throws FormatException when they are not exactly one multihash
     */
    public static Multihash decode(byte[] bytes) throws FormatException {
        Multihash hash = read(bytes, 0);
        if (hash.byteLength() != bytes.length) {
            throw new FormatException("multihash length inconsistent: expected " + hash.digestLength() + "; got "
                    + (bytes.length - hash.digestAt));
        }
        return hash;
    }

    /** The multihash that starts at {@code offset}; more may follow. */
    static Multihash read(byte[] bytes, int offset) throws FormatException {
        if (bytes.length - offset < 2) {
            throw new FormatException("multihash too short. must be >= 2 bytes");
        }
        long code = Varint.read(bytes, offset);
        int lengthAt = offset + Varint.length(code);
        long length = Varint.read(bytes, lengthAt);
        int digestAt = lengthAt + Varint.length(length);
        if (length > bytes.length - digestAt) {
            throw new FormatException("length greater than remaining number of bytes in buffer");
        }
        return new Multihash(Arrays.copyOfRange(bytes, offset, digestAt + (int) length), digestAt - offset);
    }

    /** The multicodec of the hash. */
    public long code() {
        try {
            return Varint.read(bytes, 0);
        } catch (FormatException e) {
            throw new IllegalStateException("checked when it was made", e);
        }
    }

    /** A copy of the digest. */
    public byte[] digest() {
        return Arrays.copyOfRange(bytes, digestAt, bytes.length);
    }

    /** How many bytes the digest has. */
    public int digestLength() {
        return bytes.length - digestAt;
    }

    /** Whether the digest is these bytes. */
    boolean hasDigest(byte[] expected) {
        return Arrays.equals(bytes, digestAt, bytes.length, expected, 0, expected.length);
    }

    /** A copy of code, length and digest. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** How many bytes {@link #toBytes} has. */
    public int byteLength() {
        return bytes.length;
    }

    /** Writes {@link #toBytes} at {@code offset}. */
    public void write(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multihash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        return Multibase.BASE16.encodeBare(bytes);
    }
}
