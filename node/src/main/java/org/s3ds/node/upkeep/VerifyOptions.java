package org.s3ds.node.upkeep;

/**
 * What a {@link Verification} does.
 *
 * @param drop whether corrupt blocks are removed, if they cannot be healed or are not to be
 * @param heal whether good copies are put in the place of corrupt blocks
 */
public record VerifyOptions(boolean drop, boolean heal) {}
