package org.s3ds.node.unixfs;

import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.unixfs.Entity;

/**
 * An entry of a directory, or a part of a file.
 *
 * @param name empty for a part of a file
 * @param size bytes of content, or of a symlink's target; 0 where it is not known
 * @param entity what it is; empty where that was not asked for, or is none of what UnixFS knows
 */
public record Listed(String name, Cid cid, long size, Optional<Entity> entity) {}
