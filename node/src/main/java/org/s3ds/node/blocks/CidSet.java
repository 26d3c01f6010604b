package org.s3ds.node.blocks;

import org.s3ds.ipld.Cid;

/**
 * A set of CIDs that only grows, as small as {@link NameSet}. CIDs of other version or codec are others, even of one
 * block: what is below it depends on the codec. Identity CIDs are in it only where that is asked for, as they hold
 * their block themselves. For one thread at a time.
 */
public final class CidSet implements DagWalk.Seen {
    private final boolean identities;
    private final NameHash hashes = new NameHash();
    private final NameSet names = new NameSet(hashes);
    private final byte[] name = new byte[NameSet.LONGEST];

    /** Without identity CIDs. */
    public CidSet() {
        this(false);
    }

    private CidSet(boolean identities) {
        this.identities = identities;
    }

    /** With identity CIDs. */
    public static CidSet withIdentities() {
        return new CidSet(true);
    }

    /** Whether it was added before. */
    public boolean contains(Cid cid) {
        return isKept(cid) && names.contains(name, cid.byteLength(), hash(cid));
    }

    @Override
    public boolean add(Cid cid) {
        return !isKept(cid) || names.add(name, cid.byteLength(), hash(cid));
    }

    /** No block that can be stored has a longer name. */
    private boolean isKept(Cid cid) {
        return (identities || !cid.isIdentity()) && cid.byteLength() <= NameSet.LONGEST;
    }

    private long hash(Cid cid) {
        cid.write(name, 0);
        return hashes.of(name, 0, cid.byteLength());
    }
}
