package org.s3ds.ipld.unixfs;

import java.util.OptionalInt;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.ProtoWriter;

/**
 * How directories become blocks, and from when on they are sharded.
 *
 * @param format names the blocks
 * @param inlineLimit blocks of up to so many bytes, 0 to 128, become part of their CID; absent: none do
 * @param estimation how the size of a directory is reckoned
 * @param threshold bytes above which a directory is sharded, 0 or more; 0: never, not even by {@code maxLinks}
 * @param maxLinks entries above which a directory is sharded, 0 or more; 0: any number stays in one block
 * @param fanout slots of a shard: a power of two, 8 to 1024
 */
public record DirectoryOptions(
        CidFormat format, OptionalInt inlineLimit, Estimation estimation, long threshold, int maxLinks, int fanout) {
    /** Bytes above which a directory is sharded, where nothing else is said: 256 KiB. */
    public static final long DEFAULT_THRESHOLD = 262_144;

    /** Slots of a shard, where nothing else is said. */
    public static final int DEFAULT_FANOUT = 256;

    /** How the size of a directory is reckoned. */
    public enum Estimation {
        /** The names and the binary CIDs. */
        LINKS,
        /** The block that it would be, exactly. */
        BLOCK,
        /** Not at all: only the number of entries counts. */
        DISABLED
    }

    /** Checks the numbers. */
    public DirectoryOptions {
        if (threshold < 0 || maxLinks < 0) {
            throw new IllegalArgumentException(
                    "a directory's threshold and most links are 0 or more, not " + threshold + ", " + maxLinks);
        }
        if (!HamtShard.isFanout(fanout)) {
            throw new IllegalArgumentException("a shard's fanout is a power of two, 8 to 1024, not " + fanout);
        }
        ImportOptions.checkInline(inlineLimit);
    }

    /** Sharded above 256 KiB of names and CIDs, 256 slots to a shard. */
    public static DirectoryOptions defaults(CidFormat format) {
        return new DirectoryOptions(
                format, OptionalInt.empty(), Estimation.LINKS, DEFAULT_THRESHOLD, 0, DEFAULT_FANOUT);
    }

    /** What an empty directory counts for. */
    long sizeOfEmpty(Metadata metadata) {
        return switch (estimation) {
            case LINKS, DISABLED -> 0;
            case BLOCK -> ProtoWriter.bytesSize(UnixfsNode.directory(metadata).encodedSize());
        };
    }

    /** What an entry counts for. */
    long sizeOf(EncodedLink entry) {
        return switch (estimation) {
            case LINKS -> entry.nameLength() + entry.cidLength();
            case BLOCK -> entry.fieldSize();
            case DISABLED -> 0;
        };
    }

    /** Whether a directory that counts for so much is too large for one block. */
    boolean isSharded(long entries, long size) {
        return threshold > 0 && ((maxLinks > 0 && entries > maxLinks) || size > threshold);
    }
}
