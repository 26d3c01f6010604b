package org.s3ds.node.blocks;

import java.util.HashMap;
import java.util.Map;
import org.s3ds.ipld.Cid;

/**
 * A set of CIDs that only grows, in about 45 bytes for one. CIDs of other version or codec are others, even of one
 * block: what is below it depends on the codec. Identity CIDs are never in it, as they hold their block themselves. For
 * one thread at a time.
 */
public final class CidSet implements DagWalk.Seen {
    /** What a {@link MultihashSet} takes; no block that can be stored has a longer hash. */
    private static final int LONGEST_HASH = 255;

    private final Map<Kind, MultihashSet> byKind = new HashMap<>();

    private record Kind(int version, long codec) {
        static Kind of(Cid cid) {
            return new Kind(cid.version(), cid.codec());
        }
    }

    /** Whether it was added before. */
    public boolean contains(Cid cid) {
        MultihashSet hashes = byKind.get(Kind.of(cid));
        return hashes != null && isKept(cid) && hashes.contains(cid.hash());
    }

    @Override
    public boolean add(Cid cid) {
        return !isKept(cid)
                || byKind.computeIfAbsent(Kind.of(cid), any -> new MultihashSet())
                        .add(cid.hash());
    }

    private static boolean isKept(Cid cid) {
        return !cid.isIdentity() && cid.hash().byteLength() <= LONGEST_HASH;
    }
}
