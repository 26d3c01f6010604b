package org.s3ds.node.upkeep;

import org.s3ds.ipld.Cid;

/**
 * A block that is needed and is not there.
 *
 * @param cid as it is linked
 * @param where the object or file that it should be, in words
 * @param keeper what needs it, in words: a pin with its name, or the root of the files
 * @param path the way to it from the root of that: a CID, and names of links between slashes
 * @param failure why it could not be restored; empty when it was, or was not to be
 * @param restored whether it is there now
 */
public record MissingBlock(Cid cid, String where, String keeper, String path, String failure, boolean restored) {
    /** The sentence for people. */
    public String sentence() {
        return "block " + cid + " is missing: " + reason();
    }

    /** What needs it, and what was done, for people who know which block it is. */
    public String reason() {
        String way = path.equals(cid.toString()) ? "" : ", at " + path;
        String fate = restored ? ", restored" : failure.isEmpty() ? "" : ", not restored (" + failure + ")";
        return keeper + " needs it" + way + fate;
    }
}
