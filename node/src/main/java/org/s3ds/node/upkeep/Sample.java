package org.s3ds.node.upkeep;

import org.s3ds.ipld.Multihash;

/**
 * Which blocks are looked at: a share of all, told by their hashes alone, so that it is the same whoever asks, and
 * whatever blocks there are beside them.
 *
 * @param parts how many of a million; 1 or more
 * @param seed chooses among the samples of this size
 */
public record Sample(int parts, long seed) {
    /** How many parts are all. */
    public static final int WHOLE = 1_000_000;

    /** All blocks. */
    public static final Sample ALL = new Sample(WHOLE, 0);

    /** Refuses none, and more than all. */
    public Sample {
        if (parts < 1 || parts > WHOLE) {
            throw new IllegalArgumentException("a sample has 1 to " + WHOLE + " parts of a million, not " + parts);
        }
    }

    /** Whether it is all blocks. */
    public boolean isAll() {
        return parts == WHOLE;
    }

    /** Whether a block is in it. */
    public boolean has(Multihash hash) {
        return isAll() || Long.remainderUnsigned(mixed(hash.digest()), WHOLE) < parts;
    }

    /** FNV-1a from the seed on, and the last steps of MurmurHash3, so that every bit counts. */
    private long mixed(byte[] digest) {
        long mixed = seed ^ 0xcbf29ce484222325L;
        for (byte each : digest) {
            mixed = (mixed ^ (each & 0xff)) * 0x100000001b3L;
        }
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
