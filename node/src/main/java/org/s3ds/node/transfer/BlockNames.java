package org.s3ds.node.transfer;

import java.util.Optional;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.blocks.RefusedHashException;

/** Which keys of a place are those of blocks. */
public final class BlockNames {
    /** Where a node has the blocks that a place has at its root. */
    static final Key BLOCKS = Key.of("blocks");
    /** What the store of a place keeps there for itself. */
    private static final Key OWN = Key.of(".s3ds");

    private BlockNames() {}

    /**
     * The multihash that a key names.
     *
     * @return empty for what no node gives to a block; also where nobody trusts the hash, or it is the identity's,
     *     whose blocks are in their names
     */
    static Optional<Multihash> hashOf(Key key) {
        return key.isTopLevel() ? Blockstore.hashOf(BLOCKS.child(key)).filter(BlockNames::isTrusted) : Optional.empty();
    }

    /** The key that a block has at such a place. */
    public static Key keyOf(Multihash hash) {
        return Blockstore.nameOf(hash);
    }

    /** Whether a key is that of something the place's store keeps beside the blocks. */
    static boolean isOwn(Key key) {
        return OWN.isAncestorOf(key);
    }

    /** Whether blocks of that hash are stored; those of the identity are in their names. */
    static boolean isTrusted(Multihash hash) {
        try {
            HashPolicy.kubo().check(hash);
            return hash.code() != Multicodec.IDENTITY;
        } catch (RefusedHashException _) {
            return false;
        }
    }
}
