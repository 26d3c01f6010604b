package org.s3ds.ipld;

import java.util.Optional;

/**
 * The name of a block: version, codec and multihash. A version 0 is a bare sha2-256 multihash and means dag-pb. Two
 * CIDs are equal when all three are; one block has many.
 */
public final class Cid {
    private static final int V0_BYTES = 34;
    private static final int V0_CHARACTERS = 46;
    private static final int V0_DIGEST_BYTES = 32;
    private static final int SHA2_256 = 0x12;

    private final int version;
    private final long codec;
    private final Multihash hash;

    private Cid(int version, long codec, Multihash hash) {
        this.version = version;
        this.codec = codec;
        this.hash = hash;
    }

    /**
     * The CID version 0 of a hash.
     *
     * @throws IllegalArgumentException when it is not sha2-256 with 32 bytes
     */
    public static Cid v0(Multihash hash) {
        if (hash.code() != SHA2_256 || hash.digestLength() != V0_DIGEST_BYTES) {
            throw new IllegalArgumentException("invalid hash for cidv0");
        }
        return new Cid(0, Multicodec.DAG_PB, hash);
    }

    /** The CID version 1 of a codec and a hash. */
    public static Cid v1(long codec, Multihash hash) {
        if (codec < 0) {
            throw new IllegalArgumentException("a codec is at least 0, not " + codec);
        }
        return new Cid(1, codec, hash);
    }

    /**
     * The CID that a text spells: 46 characters from {@code Qm} are a version 0; all else is a version 1 behind a
     * multibase prefix.
     *
     * @throws FormatException when it spells none; begins with {@code invalid cid:}
     */
    public static Cid parse(String text) throws FormatException {
        if (text.length() < 2) {
            throw invalid("cid too short");
        }
        if (text.length() == V0_CHARACTERS && text.startsWith("Qm")) {
            return decode(bytesOf("z" + text));
        }
        byte[] bytes = bytesOf(text);
        if (isV0(bytes)) {
            throw invalid("a CIDv0 has no multibase prefix, but this one has '" + text.charAt(0) + "'");
        }
        return decode(bytes);
    }

    /**
     * The CID that these bytes are, all of them.
     *
     * @throws FormatException when they are not exactly one CID; begins with {@code invalid cid:}
     */
    public static Cid decode(byte[] bytes) throws FormatException {
        try {
            Cid cid = read(bytes);
            if (cid.byteLength() != bytes.length) {
                throw new FormatException("trailing bytes in data buffer passed to cid Cast");
            }
            return cid;
        } catch (FormatException e) {
            throw invalid(e);
        }
    }

    /**
     * The CID that these bytes begin with; {@link #byteLength} says where it ends.
     *
     * @throws FormatException when they begin with none; begins with {@code invalid cid:}
     */
    public static Cid decodePrefix(byte[] bytes) throws FormatException {
        try {
            return read(bytes);
        } catch (FormatException e) {
            throw invalid(e);
        }
    }

    private static Cid read(byte[] bytes) throws FormatException {
        if (isV0(bytes)) {
            if (bytes.length < V0_BYTES) {
                throw new FormatException("not enough bytes for cid v0");
            }
            return v0(Multihash.read(bytes, 0));
        }
        long version = Varint.read(bytes, 0);
        if (version != 1) {
            throw new FormatException("expected 1 as the cid version number, got: " + version);
        }
        long codec = Varint.read(bytes, 1);
        return new Cid(1, codec, Multihash.read(bytes, 1 + Varint.length(codec)));
    }

    private static boolean isV0(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == SHA2_256 && bytes[1] == V0_DIGEST_BYTES;
    }

    private static byte[] bytesOf(String text) throws FormatException {
        try {
            return Multibase.decode(text);
        } catch (FormatException e) {
            throw invalid(e);
        }
    }

    private static FormatException invalid(FormatException cause) {
        return new FormatException("invalid cid: " + cause.getMessage(), cause);
    }

    private static FormatException invalid(String what) {
        return new FormatException("invalid cid: " + what);
    }

    /** 0 or 1. */
    public int version() {
        return version;
    }

    /** The multicodec that says how the block's bytes are read. */
    public long codec() {
        return codec;
    }

    /** The multihash. */
    public Multihash hash() {
        return hash;
    }

    /** The bytes: a bare multihash, or version, codec and multihash. */
    public byte[] toBytes() {
        byte[] bytes = new byte[byteLength()];
        write(bytes, 0);
        return bytes;
    }

    /** Writes {@link #toBytes} at {@code offset}. */
    public void write(byte[] target, int offset) {
        hash.write(target, version == 0 ? offset : Varint.write(codec, target, Varint.write(1, target, offset)));
    }

    /** How many bytes {@link #toBytes} has. */
    public int byteLength() {
        return hash.byteLength() + (version == 0 ? 0 : 1 + Varint.length(codec));
    }

    /** The usual text: base58btc without prefix for version 0, base32 for version 1. */
    @Override
    public String toString() {
        return version == 0 ? Multibase.BASE58BTC.encodeBare(toBytes()) : toString(Multibase.BASE32);
    }

    /**
     * The text in a base, with its prefix; version 0 has base58btc only, without prefix.
     *
     * @throws IllegalArgumentException for version 0 and another base
     */
    public String toString(Multibase base) {
        if (version == 1) {
            return base.encode(toBytes());
        }
        if (base != Multibase.BASE58BTC) {
            throw new IllegalArgumentException("invalid base encoding: a CIDv0 is spelt in base58btc only");
        }
        return toString();
    }

    /** Whether the same codec and hash can be written as version 0. */
    public boolean fitsV0() {
        return codec == Multicodec.DAG_PB && hash.code() == SHA2_256 && hash.digestLength() == V0_DIGEST_BYTES;
    }

    /** The version 1 of the same codec and hash. */
    public Cid toV1() {
        return version == 1 ? this : new Cid(1, codec, hash);
    }

    /** Whether the hash is the block itself. */
    public boolean isIdentity() {
        return hash.code() == Multicodec.IDENTITY;
    }

    /**
     * Whether these bytes are the block that this CID names.
     *
     * @throws FormatException when the hash is not known, or its digest longer than the hash gives
     */
    public boolean matches(byte[] data) throws FormatException {
        Optional<HashFunction> function = HashFunction.byCode(hash.code());
        if (function.isEmpty()) {
            throw new FormatException(
                    "the hash 0x" + Long.toHexString(hash.code()) + " of " + this + " is not one that can be computed");
        }
        return function.get().matches(hash, data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cid cid && version == cid.version && codec == cid.codec && hash.equals(cid.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode() * 31 + Long.hashCode(codec) + version;
    }
}
