package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;

/** Finds one name in a directory; of a sharded one only the shards on the way to the name are read. */
public final class DirectoryLookup {
    private final BlockSource blocks;

    /** A look-up in directories of this source. */
    public DirectoryLookup(BlockSource blocks) {
        this.blocks = blocks;
    }

    /**
     * The link with a name in a block that was read. One of dag-pb that is not UnixFS has the names of its links.
     *
     * @return empty when there is none
     */
    Optional<Link> find(Block directory, String name) throws IOException {
        UnixfsBlock block;
        try {
            block = UnixfsBlock.of(directory);
        } catch (FormatException e) {
            return named(UnixfsBlock.node(directory).links(), name);
        }
        return find(block, name);
    }

    /**
     * The link with a name.
     *
     * @return empty when there is none, also in a file or a symlink, which have no names
     * @throws FormatException when a block is not what its place demands
     * @throws IOException when a block cannot be read
     */
    public Optional<Link> find(Cid directory, String name) throws IOException {
        return find(UnixfsBlock.of(blocks.get(directory)), name);
    }

    private Optional<Link> find(UnixfsBlock block, String name) throws IOException {
        return switch (block.node().type()) {
            case DIRECTORY -> named(block.links(), name);
            case HAMT_SHARD -> find(HamtShard.root(block), name);
            case FILE, RAW, SYMLINK, METADATA -> Optional.empty();
        };
    }

    private Optional<Link> find(HamtShard root, String name) throws IOException {
        Optional<HamtShard.Slot> slot = root.slotOf(name);
        while (slot.isPresent() && slot.get() instanceof HamtShard.ChildSlot child) {
            UnixfsBlock block = UnixfsBlock.of(blocks.get(child.shard()));
            slot = HamtShard.below(child.path(), block).slotOf(name);
        }
        return slot.flatMap(found -> switch (found) {
            case HamtShard.EntrySlot one -> named(List.of(one.entry()), name);
            case HamtShard.ChildSlot _ -> Optional.empty();
        });
    }

    private static Optional<Link> named(List<Link> links, String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }
}
