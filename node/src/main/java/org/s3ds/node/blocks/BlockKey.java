package org.s3ds.node.blocks;

import java.util.Optional;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multihash;

/**
 * The datastore key of a block: {@code /blocks/} and the multihash in upper-case base32 without padding. Version and
 * codec of the CID are not in it: all CIDs of one hash are one block.
 */
final class BlockKey {
    static final Key PREFIX = Key.raw("/blocks");

    private BlockKey() {}

    static Key of(Multihash hash) {
        return Key.raw(PREFIX + "/" + text(hash));
    }

    /** The same without {@link #PREFIX}, as a store has it that is mounted there. */
    static Key nameOf(Multihash hash) {
        return Key.raw("/" + text(hash));
    }

    /**
     * The multihash that a key below {@link #PREFIX} names; empty for a name that no node would have written: other
     * letters, not a multihash, bits left over. Kubo takes more (lower case, any bytes) and so lists, and deletes, what
     * is not its own.
     */
    static Optional<Multihash> hashOf(Key key) {
        if (!PREFIX.isAncestorOf(key)) {
            return Optional.empty();
        }
        String name = key.toString().substring(PREFIX.toString().length() + 1);
        try {
            Multihash hash = Multihash.decode(Multibase.decode("B" + name));
            return text(hash).equals(name) ? Optional.of(hash) : Optional.empty();
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private static String text(Multihash hash) {
        return Multibase.BASE32_UPPER.encode(hash.toBytes()).substring(1);
    }
}
