package org.s3ds.node.upkeep;

import java.util.OptionalLong;
import org.s3ds.ipld.Cid;

/**
 * A block about which an index and what is stored do not agree.
 *
 * @param cid version 1, codec raw
 * @param indexed how many bytes it has as the index knows it; empty when it says that it is not there
 * @param stored how many are there; empty when it is not
 * @param failure why it could not be repaired; empty when nothing was tried, and when it could
 * @param repaired whether a good copy is in its place now
 */
public record DifferingBlock(Cid cid, OptionalLong indexed, OptionalLong stored, String failure, boolean repaired) {}
