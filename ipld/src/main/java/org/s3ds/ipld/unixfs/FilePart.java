package org.s3ds.ipld.unixfs;

import org.s3ds.ipld.Link;

/**
 * A leaf or a subtree of a file being imported, whose blocks are already handed on.
 *
 * @param link what its parent will say about it
 * @param contentSize bytes of the file's content in it
 */
record FilePart(Link link, long contentSize) {}
