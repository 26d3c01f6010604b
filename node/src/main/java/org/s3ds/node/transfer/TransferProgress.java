package org.s3ds.node.transfer;

import org.s3ds.datastore.StoreIndex.Totals;

/**
 * How far a {@link Transfer} has come.
 *
 * @param listed blocks that the source has named so far
 * @param present those of them that the target had already
 * @param copied those that were copied
 * @param listedAll whether the source has named all that it has
 */
public record TransferProgress(Totals listed, Totals present, Totals copied, boolean listedAll) {}
