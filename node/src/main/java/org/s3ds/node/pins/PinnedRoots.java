package org.s3ds.node.pins;

import java.util.List;
import org.s3ds.ipld.Cid;

/**
 * What all pins kept at one moment: no change of a pin is half in it. Takes about 60 bytes for each.
 *
 * @param recursive kept with all that is below them
 * @param direct kept alone
 */
public record PinnedRoots(List<Cid> recursive, List<Cid> direct) {}
