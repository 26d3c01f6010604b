package org.s3ds.node.gc;

import org.s3ds.ipld.Cid;

/**
 * A block that is kept, and what keeps it.
 *
 * @param keeper what keeps it, for people, with its name and CID if it has them: {@code the pin QmX ("photos")}
 * @param cid the block
 * @param extent what is kept with it
 */
public record Root(String keeper, Cid cid, Extent extent) {
    /** How much a root keeps. */
    public enum Extent {
        /** The block alone; it need not be there. */
        BLOCK,
        /** The block and all that is below it; any that is missing stops the collection. */
        DAG,
        /** The block, which must be there, and what is there of all that is below it. */
        DAG_AS_FAR_AS_THERE
    }
}
