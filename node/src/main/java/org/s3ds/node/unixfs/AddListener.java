package org.s3ds.node.unixfs;

import java.io.IOException;

/** Is told how an add goes on, by two threads: one that reads, and one that waits for blocks to be stored. */
public interface AddListener {
    /**
     * Something is stored: files and symlinks as they come, directories after all that is in the root, deepest first.
     */
    void added(Added added) throws IOException;

    /**
     * Bytes of a file were read, or its end was.
     *
     * @param name the file's path, empty for a file without a name
     * @param more how many just now; 0 at the end, once
     * @param total how many of this file so far
     */
    void read(String name, long more, long total);
}
