package org.s3ds.node.unixfs;

import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.DirectoryOptions;
import org.s3ds.ipld.unixfs.ImportOptions;

/**
 * How an add is done.
 *
 * @param files how files become blocks
 * @param directories how directories do
 * @param metadata which permission bits and times are stored
 * @param wrap all inputs go into one new directory
 * @param emptyDirectories empty directories below an input are added too
 * @param onlyHash nothing is stored and nothing pinned
 * @param pin the roots are pinned
 * @param pinName the name of the pins, empty for none
 */
public record AddOptions(
        ImportOptions files,
        DirectoryOptions directories,
        MetadataRule metadata,
        boolean wrap,
        boolean emptyDirectories,
        boolean onlyHash,
        boolean pin,
        String pinName) {
    /** As an add is done when nothing is said. */
    public static AddOptions defaults(CidFormat format) {
        return new AddOptions(
                ImportOptions.defaults(format),
                DirectoryOptions.defaults(format),
                MetadataRule.NONE,
                false,
                true,
                false,
                true,
                "");
    }

    /** Whether the roots are pinned at the end. */
    boolean pins() {
        return pin && !onlyHash;
    }
}
