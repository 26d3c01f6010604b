package org.s3ds.node.blocks;

import java.io.IOException;
import org.s3ds.ipld.Cid;

/** What is kept under a block's name are not the block's bytes. */
public final class CorruptBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long size;

    /** @param place what the bytes are stored as, in words */
    CorruptBlockException(Cid cid, String place, long size) {
        super((size > BlockLimit.READ
                                ? "what is in storage is larger than any block: %s, stored as %s (%d bytes);"
                                : "block in storage has different hash than requested: %s, stored as %s (%d bytes);")
                        .formatted(cid, place, size)
                + " add the content again, or let \"s3ds verify --repair-from\" put a copy in its place");
        this.size = size;
    }

    /**
     * Of bytes that are in no store.
     *
     * @param sentence which block it is, and where
     */
    public CorruptBlockException(String sentence, long size) {
        super(sentence);
        this.size = size;
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }
}
