package org.s3ds.node.blocks;

import java.io.IOException;

/** Names, read once from front to back by one thread. Before the first {@link #next} it stands at none. */
public interface NameCursor {
    /**
     * Goes to the next name.
     *
     * @return false at the end
     */
    boolean next() throws IOException;

    /** Where the bytes of the name are, until the next call of {@link #next}; not to be changed. */
    byte[] bytes();

    /** Where in {@link #bytes} the name begins. */
    int offset();

    /** How many bytes the name has. */
    int length();
}
