package org.s3ds.ipld.unixfs;

import java.time.InstantSource;
import java.util.Optional;

/**
 * How files are changed in place. Nodes have up to 174 links, whatever files are imported with, and grow at their end
 * (trickle).
 *
 * @param chunking how new content is cut
 * @param rawLeaves whether new chunks are blocks as they are; absent: in files with a CID of version 1
 * @param clock tells the new modification time of files that have one
 */
public record EditOptions(Chunking chunking, Optional<Boolean> rawLeaves, InstantSource clock) {}
