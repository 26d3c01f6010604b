package org.s3ds.node.blocks;

import java.io.IOException;

/** A block of a DAG could not be had or read: what was wrong with it, and the path that leads to it from the root. */
public final class BrokenDagException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenDagException(Place place, IOException cause) {
        super(cause.getMessage() + (place.isRoot() ? "" : " (at " + place.path() + ")"), cause);
    }
}
