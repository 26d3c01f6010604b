package org.s3ds.ipld.unixfs;

/** Where a chunk ends, by what is in it. */
interface CutPoint {
    /**
     * The length of the chunk at the start of a buffer.
     *
     * @param available how much of the buffer is filled, 1 or more; less than the largest chunk only when nothing comes
     *     after it
     * @return 1 to {@code available}
     */
    int find(byte[] buffer, int available);
}
