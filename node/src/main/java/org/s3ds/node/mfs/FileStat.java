package org.s3ds.node.mfs;

import java.nio.charset.StandardCharsets;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.unixfs.Entity;

/**
 * What the root block of a file or directory tells of it.
 *
 * @param size bytes of content, or of a symlink's target; 0 of a directory
 * @param cumulativeSize bytes of all its blocks, repeated ones counted each time, as the links say
 * @param links how many links its root block has
 * @param entity what it is
 */
public record FileStat(Cid cid, long size, long cumulativeSize, int links, Entity entity) {
    /**
     * Of a root block.
     *
     * @throws FormatException when it is no part of a file or directory
     */
    static FileStat of(Block block) throws FormatException {
        Entity entity = Entity.of(block);
        long size = switch (entity) {
            case Entity.File file -> file.size();
            case Entity.Symlink link -> link.target().getBytes(StandardCharsets.UTF_8).length;
            case Entity.Directory _ -> 0;
        };
        return new FileStat(
                block.cid(), size, cumulativeSize(block), BlockLinks.of(block).size(), entity);
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return entity instanceof Entity.Directory;
    }

    /** The bytes of a block and of all below it, as it says. */
    static long cumulativeSize(Block block) throws FormatException {
        long sum = block.size();
        for (Link link : BlockLinks.of(block)) {
            sum += link.size();
            if (sum < 0) {
                throw new FormatException(
                        "the links of block " + block.cid() + " say that there are more than 2^63-1 bytes below it");
            }
        }
        return sum;
    }
}
