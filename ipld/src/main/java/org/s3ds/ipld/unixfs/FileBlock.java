package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/**
 * A block of a file, checked against itself.
 *
 * @param size bytes of content at and below it
 * @param data its own bytes, which come before those of its children
 * @param children in sequence
 */
record FileBlock(long size, ByteBuffer data, List<Child> children) {
    /**
     * A part below.
     *
     * @param size bytes of content at and below it, as its parent says
     */
    record Child(Cid cid, long size) {}

    /**
     * A block as a file or a part of one.
     *
     * @param root whether it is the whole file, which may be a symlink
     */
    static FileBlock of(UnixfsBlock block, boolean root) throws FormatException {
        UnixfsNode node = block.node();
        switch (node.type()) {
            case FILE, RAW -> {}
            case SYMLINK -> require(root, block, "is a symlink, where a part of a file was announced");
            case DIRECTORY, HAMT_SHARD -> throw new FormatException("this dag node is a directory");
            case METADATA -> require(false, block, "is UnixFS metadata, which is not read");
        }
        ByteBuffer data = node.data().orElseGet(() -> ByteBuffer.allocate(0));
        List<Child> children = children(block);
        long sum = sum(block, data.remaining(), children);
        require(
                node.fileSize().orElse(sum) == sum,
                block,
                "says it holds " + node.fileSize().orElse(sum) + " bytes of content, but its parts make " + sum);
        return new FileBlock(sum, data, children);
    }

    private static List<Child> children(UnixfsBlock block) throws FormatException {
        long[] sizes = block.node().blockSizes();
        require(
                sizes.length == block.links().size(),
                block,
                "has " + block.links().size() + " links, but sizes for " + sizes.length);
        List<Child> children = new ArrayList<>(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            children.add(new Child(block.links().get(i).cid(), sizes[i]));
        }
        return children;
    }

    private static long sum(UnixfsBlock block, long own, List<Child> children) throws FormatException {
        long sum = own;
        for (Child child : children) {
            sum += child.size;
            require(sum >= 0, block, "says it holds more than 2^63-1 bytes of content");
        }
        return sum;
    }

    private static void require(boolean holds, UnixfsBlock block, String otherwise) throws FormatException {
        if (!holds) {
            throw new FormatException("block " + block.cid() + " " + otherwise);
        }
    }
}
