package org.s3ds.node.upkeep;

import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;

/**
 * What a {@link Verification} does.
 *
 * @param drop whether corrupt blocks are removed, if they cannot be healed or are not to be
 * @param heal whether good copies are put in the place of corrupt blocks
 * @param checksums whether blocks are not read where the checksum that the store keeps says enough
 * @param sample which blocks are looked at
 * @param source the place that good copies come from, for people; empty for those that the store knows itself
 */
public record VerifyOptions(boolean drop, boolean heal, boolean checksums, Sample sample, String source) {
    /** Reads all blocks; good copies are those that the store knows itself. */
    public VerifyOptions(boolean drop, boolean heal) {
        this(drop, heal, false, Sample.ALL, "");
    }

    /** Whether a block is looked at. */
    boolean isAbout(Multihash hash) {
        return sample.has(hash) && (!checksums || Blockstore.isOfSha256(hash));
    }
}
