package org.s3ds.node.gc;

import java.io.IOException;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Place;

/** What a root keeps cannot be told: what keeps it, what is wrong with which block, and the path that leads there. */
public final class BrokenRootException extends IOException {
    private static final long serialVersionUID = 1L;

    // need not outlive the process
    private final transient Place place;

    BrokenRootException(Place place, IOException cause) {
        super("could not tell what " + place.keeper() + " keeps: " + cause.getMessage(), cause);
        this.place = place;
    }

    /** The block that is missing, damaged, or not to be read. */
    public Cid cid() {
        return place.cid();
    }

    /** What keeps it, for people. */
    public String keeper() {
        return place.keeper();
    }

    /** The block of the root. */
    public Cid root() {
        return place.root();
    }
}
