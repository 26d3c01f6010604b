package org.s3ds.node.blocks;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.Multihash;

/**
 * A block as a listing shows it.
 *
 * @param hash what it is called
 * @param size bytes; known when the listing was asked for sizes
 * @param modified when it was last put, as {@link org.s3ds.datastore.Entry#modified} has it; empty when that was not
 *     asked for, or the store cannot tell
 */
public record ListedBlock(Multihash hash, OptionalLong size, Optional<Instant> modified) {}
