package org.s3ds.ipld.unixfs;

/** How the chunks of a file are made into a tree. */
public enum Layout {
    /** All chunks at the same depth. */
    BALANCED,
    /** The first chunks near the root, later ones ever deeper: made for reading in sequence and for appending. */
    TRICKLE
}
