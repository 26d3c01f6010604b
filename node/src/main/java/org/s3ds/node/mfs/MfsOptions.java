package org.s3ds.node.mfs;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.DirectoryOptions;
import org.s3ds.ipld.unixfs.EditOptions;
import org.s3ds.node.unixfs.ImportChoice;

/**
 * How files and directories are made among the files.
 *
 * @param edits how files are changed; new ones are made as changes of an empty one
 * @param directories how new directories, and the root, become blocks, and from when on any is sharded
 */
public record MfsOptions(EditOptions edits, DirectoryOptions directories) {
    /**
     * As somebody chose it, and Kubo's defaults.
     *
     * @param clock tells when files that have a time of their last change are changed
     * @throws IOException when a choice is not allowed
     */
    public static MfsOptions of(ImportChoice chosen, InstantSource clock) throws IOException {
        ImportChoice fitting = chosen.withVersionForHash();
        OptionalInt notInlined = OptionalInt.empty();
        return new MfsOptions(
                new EditOptions(fitting.files(notInlined).chunking(), chosen.rawLeaves(), clock),
                fitting.directories(notInlined));
    }

    /** How the root is named, and whatever is new, where a command does not say otherwise. */
    CidFormat format() {
        return directories.format();
    }

    /** How files are changed by a command that may choose its leaves. */
    EditOptions edits(Optional<Boolean> rawLeaves) {
        return new EditOptions(edits.chunking(), rawLeaves.or(edits::rawLeaves), edits.clock());
    }
}
