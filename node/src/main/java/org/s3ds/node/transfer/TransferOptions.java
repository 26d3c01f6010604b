package org.s3ds.node.transfer;

import org.s3ds.node.blocks.Window;

/**
 * How a {@link Transfer} works.
 *
 * @param window how many blocks may be on their way at once, and of how many bytes
 * @param dryRun whether nothing is read or written: what would be copied is counted as copied
 */
public record TransferOptions(Window window, boolean dryRun) {
    /** Copies, with as many blocks on their way as an S3 store has workers. */
    public static final TransferOptions DEFAULT = new TransferOptions(Window.DEFAULT, false);

    /** The same, but nothing is read or written. */
    public TransferOptions toCount() {
        return new TransferOptions(window, true);
    }
}
