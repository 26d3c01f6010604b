package org.s3ds.ipld.unixfs;

/** Bytes that go over a stretch of a file. */
final class Patch {
    private final long offset;
    private final byte[] bytes;

    /** @param offset where in the file the first one goes */
    Patch(long offset, byte[] bytes) {
        this.offset = offset;
        this.bytes = bytes;
    }

    /** Whether it changes a part of the file. */
    boolean touches(long start, long length) {
        return length > 0 && offset < start + length && start < offset + bytes.length;
    }

    /** Changes the bytes of a part of the file that begins there. */
    void applyTo(byte[] part, long start) {
        long from = Math.max(start, offset);
        long to = Math.min(start + part.length, offset + bytes.length);
        System.arraycopy(bytes, (int) (from - offset), part, (int) (from - start), (int) (to - from));
    }
}
