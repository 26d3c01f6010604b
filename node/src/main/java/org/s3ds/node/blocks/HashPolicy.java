package org.s3ds.node.blocks;

import java.util.Set;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;

/**
 * Which hashes a node trusts to name a block: those that Kubo trusts, so that a block stored here can be read there.
 * Applied when a block is put and when it is read.
 */
public final class HashPolicy {
    private static final HashPolicy KUBO = new HashPolicy();
    private static final long IDENTITY = 0x00;
    private static final int SMALLEST_DIGEST = 20;
    private static final int LARGEST_DIGEST = 128;

    /** sha1, sha2-256 and -512, sha3, shake-256, keccak, blake3, dbl-sha2-256. */
    private static final Set<Long> FIXED =
            Set.of(0x11L, 0x12L, 0x13L, 0x14L, 0x15L, 0x16L, 0x17L, 0x19L, 0x1aL, 0x1bL, 0x1cL, 0x1dL, 0x1eL, 0x56L);

    private HashPolicy() {}

    /** The policy of Kubo. */
    public static HashPolicy kubo() {
        return KUBO;
    }

    /**
     * Refuses a hash whose function is not on the list, or whose digest is not of 20 to 128 bytes (0 to 128 for the
     * identity).
     */
    public void check(Multihash hash) throws RefusedHashException {
        long code = hash.code();
        if (!isAllowed(code)) {
            throw new RefusedHashException("potentially insecure hash functions not allowed");
        }
        int smallest = code == IDENTITY ? 0 : SMALLEST_DIGEST;
        int length = hash.digestLength();
        if (length < smallest) {
            throw refused("digest too small", code, length, "minimum " + smallest);
        }
        if (length > LARGEST_DIGEST) {
            throw refused("digest too large", code, length, "maximum " + LARGEST_DIGEST);
        }
    }

    /** Codes of blake2 count up with the digest's bytes, from 1; from 20 bytes (160 bits) on they are trusted. */
    private static boolean isAllowed(long code) {
        return code == IDENTITY
                || FIXED.contains(code)
                || (code >= 0xb214 && code <= 0xb240) // blake2b-160 to -512
                || (code >= 0xb254 && code <= 0xb260); // blake2s-160 to -256
    }

    private static RefusedHashException refused(String what, long code, int length, String bound) {
        String name = Multicodec.nameOf(code).orElse("0x" + Long.toHexString(code));
        return new RefusedHashException(what + ": " + name + " digest got " + length + " bytes, " + bound);
    }
}
