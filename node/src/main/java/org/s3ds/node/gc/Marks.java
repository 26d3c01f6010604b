package org.s3ds.node.gc;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.NameSet;

/**
 * What a mark has found to be kept. A block is kept by its multihash, whatever CIDs it has; whether its links have been
 * followed is known by codec, since a block that was met as raw may be met again as one with links. For one thread at a
 * time.
 */
public final class Marks implements DagWalk.Seen, AutoCloseable {
    private static final String KEPT = "kept";
    private static final String FOLLOWED = "followed";

    private final Path folder;
    private final MarkedSet kept;
    private final MarkedSet followed;
    private final byte[] name = new byte[NameSet.LONGEST];

    /**
     * No marks so far. Files that a killed process has left in the folder are removed.
     *
     * @param folder for files, when memory does not do; made when it is needed, removed when it is empty
     * @param memory how many bytes of marks are kept in memory before they go to files; what is there to find those in
     *     files comes on top, about two bytes for each
     */
    public Marks(Path folder, long memory) throws IOException {
        this.folder = folder;
        MarkedSet.removeLeftOvers(folder, KEPT);
        MarkedSet.removeLeftOvers(folder, FOLLOWED);
        this.kept = new MarkedSet(folder, KEPT, memory / 4 * 3);
        this.followed = new MarkedSet(folder, FOLLOWED, memory / 4);
    }

    /**
     * Keeps a block.
     *
     * @return whether its links are to be followed: it has a codec with links, and was not added with this codec before
     */
    @Override
    public boolean add(Cid cid) throws IOException {
        keep(cid.hash());
        return !BlockLinks.hasNone(cid.codec()) && (!isNamed(cid) || isNew(cid.toV1()));
    }

    /** Identity CIDs hold their blocks; that of a longer name cannot be stored. */
    private static boolean isNamed(Cid cid) {
        return !cid.isIdentity() && cid.byteLength() < NameSet.LONGEST;
    }

    private boolean isNew(Cid cid) throws IOException {
        cid.write(name, 0);
        return followed.add(name, cid.byteLength());
    }

    /**
     * Keeps a block, and nothing that is below it.
     *
     * @return whether it was not kept before; false for what cannot be stored under its name, and so need not be kept
     */
    public boolean keep(Multihash hash) throws IOException {
        if (hash.code() == Multicodec.IDENTITY || hash.byteLength() > NameSet.LONGEST) {
            return false;
        }
        hash.write(name, 0);
        return kept.add(name, hash.byteLength());
    }

    /** Ends the marking: nothing more is added. */
    public void seal() throws IOException {
        followed.close();
        kept.seal();
    }

    /** Whether a block is kept; also for a name that is too long for any block. */
    public boolean contains(Multihash hash) throws IOException {
        if (hash.byteLength() > NameSet.LONGEST) {
            return true;
        }
        hash.write(name, 0);
        return kept.contains(name, hash.byteLength());
    }

    /** How many blocks are kept. */
    public long size() {
        return kept.size();
    }

    /** Removes the files. */
    @Override
    public void close() throws IOException {
        try (kept;
                followed) {
            // closed in turn
        }
        if (Files.isDirectory(folder)) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException _) {
                // others have files there
            }
        }
    }
}
