package org.s3ds.node.unixfs;

/**
 * Which files of a disk are added, and how symlinks are seen.
 *
 * @param recursive a directory is allowed
 * @param hidden names that begin with a dot are added; what was named on the command line always is
 * @param ignore rules for what is left out below the folder that is added
 * @param dereferenceArguments a symlink named on the command line stands for what it points to
 * @param dereferenceSymlinks every symlink does
 */
public record LocalOptions(
        boolean recursive,
        boolean hidden,
        IgnoreRules ignore,
        boolean dereferenceArguments,
        boolean dereferenceSymlinks) {
    /** Everything but hidden files, symlinks as symlinks. */
    public static LocalOptions all() {
        return new LocalOptions(true, false, IgnoreRules.NONE, false, false);
    }
}
