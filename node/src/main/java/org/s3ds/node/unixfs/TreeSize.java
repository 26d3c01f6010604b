package org.s3ds.node.unixfs;

import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Entity;

/** What the root block of a tree says of the bytes in all of it. */
final class TreeSize {
    private TreeSize() {}

    /** A file's size; of a directory the sum that its links claim; empty when that is more than can be. */
    static OptionalLong estimate(Block block, Entity entity) throws FormatException {
        return switch (entity) {
            case Entity.File file -> OptionalLong.of(file.size());
            case Entity.Symlink symlink -> OptionalLong.of(0);
            case Entity.Directory directory -> sum(PbNode.decode(block.data()));
        };
    }

    private static OptionalLong sum(PbNode node) {
        long sum = 0;
        for (Link link : node.links()) {
            sum += link.size();
            if (sum < 0) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(sum);
    }
}
