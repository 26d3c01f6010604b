package org.s3ds.ipld;

import java.io.IOException;

/** A block that was needed is not there: the source is sure of it. */
public final class MissingBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    // exceptions are Serializable, a CID is not: one that travelled has the message only
    private final transient Cid cid;

    /** For the block with this CID, in the words of Kubo. */
    public MissingBlockException(Cid cid) {
        super("block was not found locally (offline): ipld: could not find " + cid);
        this.cid = cid;
    }

    /** The block that is missing. */
    public Cid cid() {
        return cid;
    }
}
