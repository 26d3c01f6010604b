package org.s3ds.node.unixfs;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Entity;

/** What the root block of a tree says of the bytes in all of it. */
final class TreeSize {
    private TreeSize() {}

    /** A file's size; of a directory what it and its links claim; empty when that is more than can be. */
    static OptionalLong estimate(Block block, Entity entity) throws FormatException {
        return switch (entity) {
            case Entity.File file -> OptionalLong.of(file.size());
            case Entity.Symlink symlink -> OptionalLong.of(symlink.target().getBytes(StandardCharsets.UTF_8).length);
            case Entity.Directory directory -> sum(block);
        };
    }

    private static OptionalLong sum(Block block) throws FormatException {
        long sum = block.size();
        for (Link link : PbNode.decode(block.data()).links()) {
            sum += link.size();
            if (sum < 0) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(sum);
    }
}
