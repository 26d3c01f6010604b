package org.s3ds.node.upkeep;

/**
 * What a {@link Verification} does.
 *
 * @param drop whether corrupt blocks are removed, if they cannot be healed or are not to be
 * @param heal whether good copies are put in the place of corrupt blocks
 * @param sample which blocks are read
 * @param source the place that good copies come from, for people; empty for those that the store knows itself
 */
public record VerifyOptions(boolean drop, boolean heal, Sample sample, String source) {
    /** Reads all blocks; good copies are those that the store knows itself. */
    public VerifyOptions(boolean drop, boolean heal) {
        this(drop, heal, Sample.ALL, "");
    }
}
