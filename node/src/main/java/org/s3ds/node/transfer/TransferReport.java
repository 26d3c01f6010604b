package org.s3ds.node.transfer;

import java.io.IOException;
import org.s3ds.datastore.StoreIndex.Totals;

/**
 * What a {@link Transfer} did.
 *
 * @param listed blocks that the source named
 * @param present those of them that the target had already, with the same size
 * @param copied those that were copied; in a dry run, those that would be
 * @param gone those that were gone from the source before they were read
 * @param corrupt those whose bytes are not those of their hash, or that could not be read while others could; none of
 *     them was put into the target
 * @param foreign names in the source that no node gives to a block, or whose hash none trusts; they were passed over
 */
public record TransferReport(Totals listed, Totals present, Totals copied, long gone, Found corrupt, Found foreign) {
    /** Nothing. */
    public static final TransferReport NONE =
            new TransferReport(new Totals(0, 0), new Totals(0, 0), new Totals(0, 0), 0, Found.NONE, Found.NONE);

    /** What this one and another did together. */
    public TransferReport plus(TransferReport other) {
        return new TransferReport(
                listed.plus(other.listed.count(), other.listed.bytes()),
                present.plus(other.present.count(), other.present.bytes()),
                copied.plus(other.copied.count(), other.copied.bytes()),
                gone + other.gone,
                corrupt.plus(other.corrupt),
                foreign.plus(other.foreign));
    }

    /**
     * Makes sure that every block of the source is in the target now.
     *
     * @throws IOException naming the first of those that are not
     */
    public void requireWhole() throws IOException {
        if (corrupt.count() > 0) {
            throw new IOException("%s could not be copied, and all others were: %s%s"
                    .formatted(
                            corrupt.count() == 1 ? "1 block" : corrupt.count() + " blocks",
                            corrupt.first().getFirst(),
                            corrupt.count() == 1 ? "" : "; and " + (corrupt.count() - 1) + " more"));
        }
    }
}
