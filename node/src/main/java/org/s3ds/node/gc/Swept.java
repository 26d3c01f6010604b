package org.s3ds.node.gc;

/**
 * What a sweep has done.
 *
 * @param listed blocks there were
 * @param listedBytes of those
 * @param foreign names among them that are not those of blocks; they stay
 * @param removed blocks that are gone; in a rehearsal, that would go
 * @param bytes of those
 * @param failed blocks that could not be removed
 * @param inUse blocks that no root keeps, but that someone put or relied on meanwhile
 * @param young blocks that no root keeps, but that are not old enough
 */
public record Swept(
        long listed, long listedBytes, long foreign, long removed, long bytes, long failed, long inUse, long young) {
    /** Blocks there were that roots keep. */
    long kept() {
        return listed - removed - failed - inUse - young;
    }
}
