package org.s3ds.ipld;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A hash that can be computed, known by its multicodec. Safe for use by many threads: each call makes its own state.
 */
public final class HashFunction {
    /** The data itself; of any length. */
    public static final HashFunction IDENTITY =
            new HashFunction("identity", Multicodec.IDENTITY, -1, Integer.MAX_VALUE, (data, length) -> data);

    /** SHA-256, what IPFS uses unless told otherwise. */
    public static final HashFunction SHA2_256 = new HashFunction("sha2-256", 0x12, 32, Digests.jdk("SHA-256"));

    private static final Set<String> WEAK = Set.of("md5", "murmur3-x64-64", "shake-128");

    private final String name;
    private final long code;
    private final int defaultLength;
    private final int longest;
    private final Digests.Digest digest;

    HashFunction(String name, long code, int length, Digests.Digest digest) {
        this(name, code, length, length, digest);
    }

    HashFunction(String name, long code, int defaultLength, int longest, Digests.Digest digest) {
        this.name = name;
        this.code = code;
        this.defaultLength = defaultLength;
        this.longest = longest;
        this.digest = digest;
    }

    /**
     * The hash with a name, as the multicodec table spells it, or {@code sha3} for {@code sha3-512}; empty when there
     * is none that can be computed.
     */
    public static Optional<HashFunction> byName(String name) {
        if (name.equals(SHA2_256.name)) {
            return Optional.of(SHA2_256);
        }
        String whole = name.equals("sha3") ? "sha3-512" : name;
        return all().stream().filter(hash -> hash.name.equals(whole)).findFirst();
    }

    /** Whether a name is one of the hashes that are well known, and too weak to name blocks. */
    public static boolean isWeak(String name) {
        return WEAK.contains(name);
    }

    /** The hash with a code; empty when there is none that can be computed. */
    public static Optional<HashFunction> byCode(long code) {
        return code == SHA2_256.code
                ? Optional.of(SHA2_256)
                : all().stream().filter(hash -> hash.code == code).findFirst();
    }

    /** Every hash that can be computed, by code. */
    public static List<HashFunction> all() {
        return HashFunctions.ALL;
    }

    /** The name in the multicodec table, such as {@code sha2-256}. */
    public String name() {
        return name;
    }

    /** The multicodec. */
    public long code() {
        return code;
    }

    /** How many bytes a digest has unless told otherwise; -1 for identity, whose digest is as long as the data. */
    public int defaultLength() {
        return defaultLength;
    }

    /** The hash of the data at the default length. */
    public Multihash hash(byte[] data) {
        return hash(data, -1);
    }

    /**
     * The hash of the data, cut to a length.
     *
     * @param length bytes of the digest; -1 for the default
     * @throws IllegalArgumentException when the hash does not give so many bytes; for identity, any length but the
     *     data's
     */
    public Multihash hash(byte[] data, int length) {
        int wanted = length == -1 ? lengthFor(data) : length;
        if (wanted < 0 || wanted > longest || (isIdentity() && wanted != data.length)) {
            throw new IllegalArgumentException(
                    name + " gives no digest of " + wanted + " bytes; allowed are 0 to " + longestFor(data));
        }
        return Multihash.of(code, digest.of(data, wanted), wanted);
    }

    /**
     * Whether a multihash made with this function is the hash of the data.
     *
     * @throws FormatException when its digest is longer than the function gives
     */
    boolean matches(Multihash hash, byte[] data) throws FormatException {
        if (hash.digestLength() > longest) {
            throw new FormatException("a digest of " + name + " has at most " + longest + " bytes, not "
                    + hash.digestLength() + ": " + hash);
        }
        return isIdentity()
                ? hash.hasDigest(data)
                : hash(data, hash.digestLength()).equals(hash);
    }

    private boolean isIdentity() {
        return code == Multicodec.IDENTITY;
    }

    private int lengthFor(byte[] data) {
        return isIdentity() ? data.length : defaultLength;
    }

    private int longestFor(byte[] data) {
        return isIdentity() ? data.length : longest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashFunction hash && code == hash.code;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(code);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
