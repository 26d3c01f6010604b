package org.s3ds.node.unixfs;

import org.s3ds.ipld.Cid;
import org.s3ds.ipld.unixfs.Metadata;

/**
 * Something that was added; all its blocks are stored.
 *
 * @param name its path as the user sees it; the CID for a file without a name, empty for a wrapping directory
 * @param cid its root
 * @param size bytes of all its blocks, repeated ones counted each time
 * @param metadata what was stored with it
 */
public record Added(String name, Cid cid, long size, Metadata metadata) {}
