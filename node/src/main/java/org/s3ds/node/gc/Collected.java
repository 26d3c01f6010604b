package org.s3ds.node.gc;

import java.time.Duration;

/**
 * What a collection has done.
 *
 * @param marked blocks that roots keep
 * @param read of those, the ones that were read for their links
 * @param swept what became of the blocks there are
 * @param marking how long it took to mark
 * @param sweeping how long it took to list and to remove
 */
public record Collected(long marked, long read, Swept swept, Duration marking, Duration sweeping) {}
