package org.s3ds.node.blocks;

import java.io.IOException;
import org.s3ds.ipld.Cid;

/** What the store holds under a block's name are not the block's bytes. */
public final class CorruptBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int size;

    /** @param place what the bytes are stored as, in words */
    CorruptBlockException(Cid cid, String place, int size) {
        super("block in storage has different hash than requested: %s, stored as %s (%d bytes);"
                        .formatted(cid, place, size)
                + " add the content again, or let \"s3ds repo verify --heal\" restore it from a copy");
        this.size = size;
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }
}
