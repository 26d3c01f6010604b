package org.s3ds.s3.index;

/**
 * By which claim a place is this repo's.
 *
 * @param now words for the claim that counts, never the same for two claims
 * @param before those for the claim that this repo held before it made that one; empty for none
 */
public record Ownership(String now, String before) {}
