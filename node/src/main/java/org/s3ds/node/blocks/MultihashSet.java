package org.s3ds.node.blocks;

import org.s3ds.ipld.Multihash;

/** A set of multihashes that only grows, as small as {@link NameSet}. For one thread at a time. */
final class MultihashSet {
    private final NameHash hashes = new NameHash();
    private final NameSet names = new NameSet(hashes);
    private final byte[] name = new byte[NameSet.LONGEST];

    boolean contains(Multihash hash) {
        int length = write(hash);
        return names.contains(name, length, hashes.of(name, 0, length));
    }

    /** Whether it was not there before. */
    boolean add(Multihash hash) {
        int length = write(hash);
        return names.add(name, length, hashes.of(name, 0, length));
    }

    private int write(Multihash hash) {
        if (hash.byteLength() > name.length) {
            throw new IllegalArgumentException("no multihash of a block is of " + hash.byteLength() + " bytes");
        }
        hash.write(name, 0);
        return hash.byteLength();
    }
}
