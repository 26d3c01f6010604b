package org.s3ds.node.blocks;

import org.s3ds.ipld.Cid;

/**
 * A set of CIDs that only grows, as small as {@link NameSet}. CIDs of other version or codec are others, even of one
 * block: what is below it depends on the codec. Identity CIDs are never in it, as they hold their block themselves. For
 * one thread at a time.
 */
public final class CidSet implements DagWalk.Seen {
    private final NameHash hashes = new NameHash();
    private final NameSet names = new NameSet(hashes);
    private final byte[] name = new byte[NameSet.LONGEST];

    /** Whether it was added before. */
    public boolean contains(Cid cid) {
        return isKept(cid) && names.contains(name, cid.byteLength(), hash(cid));
    }

    @Override
    public boolean add(Cid cid) {
        return !isKept(cid) || names.add(name, cid.byteLength(), hash(cid));
    }

    /** No block that can be stored has a longer name. */
    private static boolean isKept(Cid cid) {
        return !cid.isIdentity() && cid.byteLength() <= NameSet.LONGEST;
    }

    private long hash(Cid cid) {
        cid.write(name, 0);
        return hashes.of(name, 0, cid.byteLength());
    }
}
