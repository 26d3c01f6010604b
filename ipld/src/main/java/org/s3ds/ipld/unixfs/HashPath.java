package org.s3ds.ipld.unixfs;

import org.s3ds.ipld.FormatException;

/**
 * Where a shard stands in a directory: the first bits that the hashes of all names below it share.
 *
 * @param prefix those bits, lowest last
 * @param length how many they are
 * @param width bits that each level uses up
 */
record HashPath(long prefix, int length, int width) {
    static HashPath root(int fanout) {
        return new HashPath(0, 0, Integer.numberOfTrailingZeros(fanout));
    }

    int fanout() {
        return 1 << width;
    }

    /** The slot of this shard where a name with this hash belongs. */
    int slotOf(long hash) {
        return (int) (hash << length >>> (64 - width));
    }

    /** Whether a name with this hash belongs into this slot of this shard. */
    boolean leadsTo(int slot, long hash) {
        return slotOf(hash) == slot && (length == 0 || hash >>> (64 - length) == prefix);
    }

    /** @throws FormatException when the hash has not enough bits for one more level */
    HashPath below(int slot) throws FormatException {
        if (length + 2 * width > 64) {
            throw new FormatException("sharded directory too deep");
        }
        return new HashPath(prefix << width | slot, length + width, width);
    }
}
