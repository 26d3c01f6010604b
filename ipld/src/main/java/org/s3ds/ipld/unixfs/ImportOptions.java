package org.s3ds.ipld.unixfs;

import java.util.OptionalInt;
import org.s3ds.ipld.CidFormat;

/**
 * How files become blocks.
 *
 * @param format names the nodes; raw leaves get version 1 whatever it says
 * @param rawLeaves chunks are blocks as they are, not wrapped in dag-pb; not for a file with metadata, which only a
 *     node can hold
 * @param chunking how content is cut
 * @param layout how chunks become a tree
 * @param maxLinks children of a node at most, 2 or more
 * @param inlineLimit blocks of up to so many bytes, 0 to 128, become part of their CID; absent: none do
 */
public record ImportOptions(
        CidFormat format, boolean rawLeaves, Chunking chunking, Layout layout, int maxLinks, OptionalInt inlineLimit) {
    /** Children of a node at most, where nothing else is said. */
    public static final int DEFAULT_MAX_LINKS = 174;

    /** The most bytes that may become part of a CID. */
    public static final int MAX_INLINE = 128;

    /** Checks the numbers. */
    public ImportOptions {
        if (maxLinks < 2) {
            throw new IllegalArgumentException("a file's node has room for 2 links or more, not " + maxLinks);
        }
        checkInline(inlineLimit);
    }

    /** 256 KiB chunks in a balanced tree of up to 174 links, raw leaves only with CIDs of version 1. */
    public static ImportOptions defaults(CidFormat format) {
        return new ImportOptions(
                format,
                format.version() == 1,
                Chunking.DEFAULT,
                Layout.BALANCED,
                DEFAULT_MAX_LINKS,
                OptionalInt.empty());
    }

    static void checkInline(OptionalInt limit) {
        if (limit.isPresent() && limit.getAsInt() < 0) {
            throw new IllegalArgumentException("inline-limit is 0 or more, not " + limit.getAsInt());
        }
        if (limit.isPresent() && limit.getAsInt() > MAX_INLINE) {
            throw new IllegalArgumentException(
                    "inline-limit " + limit.getAsInt() + " exceeds maximum allowed size of " + MAX_INLINE + " bytes");
        }
    }
}
