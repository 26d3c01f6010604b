package org.s3ds.node.mfs;

import java.io.IOException;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.pins.FilesRoot;

/** The directory that all files are below, read and judged. */
final class RootDirectory {
    private static final String REMEDY =
            "; 's3ds files chroot' gives the files another root, see 's3ds files chroot --help'";

    private RootDirectory() {}

    /**
     * Reads the root; a node that never had files has an empty directory.
     *
     * @throws IOException when its block cannot be had, or is no directory: says what helps
     */
    static Cid read(FilesRoot root, StagedBlocks blocks) throws IOException {
        Optional<Cid> cid = root.cid();
        if (cid.isEmpty()) {
            return blocks.emptyDirectory(CidFormat.V0);
        }
        try {
            check(blocks.get(cid.get()));
        } catch (MissingBlockException e) {
            throw new IOException("error loading filesroot from dagservice: " + e.getMessage() + REMEDY, e);
        } catch (FormatException e) {
            throw new IOException(
                    "failed to initialize MFS root from %s stored at %s: %s%s"
                            .formatted(cid.get(), FilesRoot.KEY, e.getMessage(), REMEDY),
                    e);
        }
        return cid.get();
    }

    /**
     * Refuses a CID that cannot become the root. The empty directory always can.
     *
     * @throws IOException when its block is not there, or is no directory
     */
    static void requireNew(Cid cid, Blockstore blocks) throws IOException {
        if (cid.equals(Mfs.EMPTY_DIRECTORY)) {
            blocks.put(Block.of(cid, StagedBlocks.EMPTY_DIRECTORY));
            return;
        }
        try {
            check(blocks.get(cid));
        } catch (MissingBlockException e) {
            throw new IOException(
                    "new root " + cid + " does not exist locally; bring it first, with s3ds add or s3ds dag import", e);
        } catch (FormatException e) {
            throw new IOException("new root must be a directory: " + e.getMessage(), e);
        }
    }

    /** The root as it is; empty as well when what is kept in its place is no CID. */
    static Optional<Cid> knownBefore(FilesRoot root) throws IOException {
        try {
            return root.cid();
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a block that is no directory.
     *
     * @throws FormatException with the reason
     */
    private static void check(Block block) throws FormatException {
        if (!(Entity.of(block) instanceof Entity.Directory)) {
            throw new FormatException("block " + block.cid() + " is not a directory");
        }
    }
}
