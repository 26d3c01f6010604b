package org.s3ds.ipld.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;

/**
 * Changes single entries of directories. Only the blocks on the way to a name are read and written, unless a directory
 * is sharded, or goes back into one block: that is looked at when a sharded one becomes smaller, and reads entries
 * until there are too many for one block. Blocks keep the CID version and hash of those they take the place of, and the
 * root its metadata.
 */
public final class DirectoryEditor {
    private final DirectoryOptions options;
    private final BlockSource source;
    private final BlockSink sink;

    /**
     * An editor of the directories of a source.
     *
     * @param options when directories are sharded, and how wide; their format is that of the directory changed
     * @param sink takes new blocks, children before parents
     */
    public DirectoryEditor(DirectoryOptions options, BlockSource source, BlockSink sink) {
        this.options = options;
        this.source = source;
        this.sink = sink;
    }

    /**
     * Adds an entry, or puts it in the place of one with the same name.
     *
     * @return the directory after it: no name, its CID, and the bytes of all blocks at and below it
     * @throws IllegalArgumentException when the name is empty or holds a slash
     * @throws FormatException when a block on the way is not a directory or a shard fit for its place
     * @throws IOException when a block cannot be read or written
     */
    public Link put(Cid directory, Link entry) throws IOException {
        DirectoryBuilder.requireName(entry);
        return edit(directory, entry.name(), Optional.of(entry));
    }

    /**
     * Removes an entry.
     *
     * @return the directory after it, as {@link #put} has it
     * @throws NoSuchLinkException when the name is surely not there
     * @throws FormatException when a block on the way is not a directory or a shard fit for its place
     * @throws IOException when a block cannot be read or written
     */
    public Link remove(Cid directory, String name) throws IOException {
        return edit(directory, name, Optional.empty());
    }

    /**
     * Names the root of a directory in another format. Shards below it keep theirs, and new ones take it over.
     *
     * @return the directory after it, as {@link #put} has it
     * @throws FormatException when the block is not a directory
     * @throws IOException when it cannot be read or written
     */
    public Link withFormat(Cid directory, CidFormat format) throws IOException {
        UnixfsBlock root = UnixfsBlock.of(source.get(directory));
        requireDirectory(root);
        return new BlockWriter(format, OptionalInt.empty(), sink).node(encoded(root.links()), root.node());
    }

    private Link edit(Cid directory, String name, Optional<Link> entry) throws IOException {
        Block block = source.get(directory);
        UnixfsBlock root = UnixfsBlock.of(block);
        requireDirectory(root);
        boolean sharded = root.node().type() == UnixfsNode.Type.HAMT_SHARD;
        return sharded ? editSharded(block, root, name, entry) : editBasic(root, name, entry);
    }

    private static void requireDirectory(UnixfsBlock root) throws FormatException {
        switch (root.node().type()) {
            case DIRECTORY, HAMT_SHARD -> {}
            case FILE, RAW, SYMLINK, METADATA ->
                throw new FormatException("block " + root.cid() + " is not a directory");
        }
    }

    private Link editBasic(UnixfsBlock root, String name, Optional<Link> entry) throws IOException {
        List<Link> links = new ArrayList<>(root.links());
        boolean was = links.removeIf(link -> link.name().equals(name));
        if (!was && entry.isEmpty()) {
            throw new NoSuchLinkException(name, root.cid());
        }
        entry.ifPresent(links::add);
        List<EncodedLink> entries = encoded(links);
        boolean sharded = entry.isPresent() && options.isSharded(was ? 0 : entries.size(), size(root, entries));
        return sharded ? sharded(root, entries) : inOneBlock(root, root.node(), entries);
    }

    private Link editSharded(Block block, UnixfsBlock root, String name, Optional<Link> entry) throws IOException {
        Map<Cid, Block> read = new HashMap<>(Map.of(block.cid(), block));
        ShardPath path = ShardPath.to(name, root, cid -> remember(source.get(cid), read), sink);
        Optional<Link> old = path.entry();
        if (old.isEmpty() && entry.isEmpty()) {
            throw new NoSuchLinkException(name, root.cid());
        }
        if (shrinks(old, entry)) {
            Optional<List<EncodedLink>> few = entriesIfFew(root, old, entry, read);
            if (few.isPresent()) {
                return inOneBlock(root, UnixfsNode.directory(root.node().metadata()), few.get());
            }
        }
        return entry.isPresent() ? path.put(entry.get()) : path.remove();
    }

    /** Whether a sharded directory becomes smaller by what counts for its size. */
    private boolean shrinks(Optional<Link> old, Optional<Link> entry) {
        if (options.threshold() == 0) {
            return false;
        }
        return switch (options.estimation()) {
            case LINKS, BLOCK -> size(entry) < size(old);
            case DISABLED -> options.maxLinks() > 0 && entry.isEmpty();
        };
    }

    /**
     * All entries after the change; empty as soon as they are too many for one block. Blocks already read are known.
     */
    private Optional<List<EncodedLink>> entriesIfFew(
            UnixfsBlock root, Optional<Link> old, Optional<Link> entry, Map<Cid, Block> known) throws IOException {
        List<Link> entries = new ArrayList<>(entry.stream().toList());
        long size = options.sizeOfEmpty(root.node().metadata()) + size(entry);
        DirectoryWalk walk = new DirectoryWalk(root.cid());
        for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next()) {
            Block block = known.containsKey(next.get()) ? known.get(next.get()) : source.get(next.get());
            for (Link link : walk.accept(block)) {
                if (old.isEmpty() || !link.name().equals(old.get().name())) {
                    entries.add(link);
                    size += options.sizeOf(EncodedLink.of(link));
                }
            }
            if (options.isSharded(entries.size(), size)) {
                return Optional.empty();
            }
        }
        return Optional.of(encoded(entries));
    }

    private Link sharded(UnixfsBlock root, List<EncodedLink> entries) throws IOException {
        if (entries.stream().anyMatch(entry -> entry.nameLength() == 0)) {
            throw new FormatException(
                    "directory " + root.cid() + " has an entry without a name, so that it cannot be sharded");
        }
        List<EncodedLink> byHash = entries.stream().sorted(EncodedLink.BY_HASH).toList();
        return new HamtWriter(byHash, options.fanout(), root.node().metadata(), writer(root)).write();
    }

    private Link inOneBlock(UnixfsBlock root, UnixfsNode node, List<EncodedLink> entries) throws IOException {
        return writer(root).node(entries.stream().sorted(EncodedLink.BY_NAME).toList(), node);
    }

    private BlockWriter writer(UnixfsBlock root) throws IOException {
        return BlockWriter.like(root.cid(), sink);
    }

    private long size(UnixfsBlock root, List<EncodedLink> entries) {
        return options.sizeOfEmpty(root.node().metadata())
                + entries.stream().mapToLong(options::sizeOf).sum();
    }

    private long size(Optional<Link> entry) {
        return entry.map(link -> options.sizeOf(EncodedLink.of(link))).orElse(0L);
    }

    private static List<EncodedLink> encoded(List<Link> links) {
        return links.stream().map(EncodedLink::of).toList();
    }

    private static Block remember(Block block, Map<Cid, Block> read) {
        read.put(block.cid(), block);
        return block;
    }
}
