package org.s3ds.node.unixfs;

import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;

/**
 * Which permission bits and times an add stores.
 *
 * @param preserveMode those of each file
 * @param preserveMtime that of each file
 * @param mode for all files and directories, whatever {@code preserveMode} says
 * @param mtime for everything, whatever {@code preserveMtime} says
 */
public record MetadataRule(boolean preserveMode, boolean preserveMtime, OptionalInt mode, Optional<Mtime> mtime) {
    /** Nothing is stored. */
    public static final MetadataRule NONE = new MetadataRule(false, false, OptionalInt.empty(), Optional.empty());

    /** Whether anything may be stored, which only a dag-pb root can hold. */
    public boolean storesAny() {
        return preserveMode || preserveMtime || mode.isPresent() || mtime.isPresent();
    }

    /** What is stored for a file or directory. */
    Metadata of(Metadata source) {
        OptionalInt kept = preserveMode ? source.mode() : OptionalInt.empty();
        return new Metadata(mode.isPresent() ? mode : kept, time(source));
    }

    /** What is stored for a symlink: its time alone. */
    Metadata ofSymlink(Metadata source) {
        return new Metadata(OptionalInt.empty(), time(source));
    }

    private Optional<Mtime> time(Metadata source) {
        return mtime.or(() -> preserveMtime ? source.mtime() : Optional.empty());
    }
}
