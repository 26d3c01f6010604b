package org.s3ds.node.unixfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.DirectoryWalk;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.BlockFetcher;
import org.s3ds.node.blocks.Window;

/**
 * Lists the entries of a directory, or the parts of a file, one after the other. An entry's own block is read only when
 * its type or size is wanted and its CID does not tell: a raw block is a file as large as its link says.
 */
public final class Lister implements AutoCloseable {
    private final BlockFetcher fetcher;
    private final boolean resolve;
    private final Deque<Link> entries = new ArrayDeque<>();

    /** Shards of the directory that are still to be visited. */
    private final Set<Cid> shards = new HashSet<>();

    private Optional<DirectoryWalk> directory = Optional.empty();
    private Optional<Listed> described = Optional.empty();

    /**
     * Reads the root block.
     *
     * @param resolve types and sizes are wanted
     */
    public Lister(BlockSource blocks, Cid root, boolean resolve) throws IOException {
        this.resolve = resolve;
        this.fetcher = new BlockFetcher(blocks, root, new Blocks(), Window.DEFAULT);
        boolean opened = false;
        try {
            fetcher.next();
            opened = true;
        } finally {
            if (!opened) {
                fetcher.close();
            }
        }
    }

    /** The next entry, in the order of the blocks; empty at the end. */
    public Optional<Listed> next() throws IOException {
        while (true) {
            if (!entries.isEmpty() && !needsBlock(entries.getFirst())) {
                return Optional.of(byLink(entries.removeFirst()));
            }
            described = Optional.empty();
            if (fetcher.next().isEmpty() || described.isPresent()) {
                return described;
            }
        }
    }

    private boolean needsBlock(Link entry) {
        return resolve && entry.cid().codec() == Multicodec.DAG_PB;
    }

    private static Listed byLink(Link entry) {
        boolean raw = entry.cid().codec() == Multicodec.RAW;
        return raw
                ? listed(entry, entry.size(), Optional.of(new Entity.File(entry.size(), true, Metadata.NONE)))
                : listed(entry, 0, Optional.empty());
    }

    private static Listed listed(Link entry, long size, Optional<Entity> entity) {
        return new Listed(entry.name(), entry.cid(), size, entity);
    }

    private final class Blocks implements BlockFetcher.Walk {
        @Override
        public List<Cid> children(Block block) throws IOException {
            return visit(block);
        }

        /** Below shards; what an entry links to is not listed. */
        @Override
        public List<Cid> ahead(Block block) {
            if (!shards.contains(block.cid())) {
                return List.of();
            }
            LinksAhead links = LinksAhead.of(block);
            shards.addAll(links.shards());
            return blocksOf(links.entries(), links.shards());
        }
    }

    private List<Cid> visit(Block block) throws IOException {
        if (!entries.isEmpty()) {
            described = Optional.of(describe(entries.removeFirst(), Entity.of(block)));
            return List.of();
        }
        if (directory.isEmpty() && Entity.of(block) instanceof Entity.Directory) {
            directory = Optional.of(new DirectoryWalk(block.cid()));
        }
        if (directory.isEmpty()) {
            return enlist(parts(block), List.of());
        }
        shards.remove(block.cid());
        List<Link> found = directory.get().accept(block);
        return enlist(found, directory.get().children());
    }

    private static List<Link> parts(Block block) throws IOException {
        return block.cid().codec() == Multicodec.DAG_PB
                ? PbNode.decode(block.data()).links()
                : List.of();
    }

    private List<Cid> enlist(List<Link> found, List<Cid> below) {
        entries.addAll(found);
        shards.addAll(below);
        return blocksOf(found, below);
    }

    private List<Cid> blocksOf(List<Link> found, List<Cid> below) {
        List<Cid> children = new ArrayList<>();
        for (Link entry : found) {
            if (needsBlock(entry)) {
                children.add(entry.cid());
            }
        }
        children.addAll(below);
        return children;
    }

    private static Listed describe(Link entry, Entity entity) {
        long size = switch (entity) {
            case Entity.File file -> file.size();
            case Entity.Symlink symlink -> symlink.target().getBytes(StandardCharsets.UTF_8).length;
            case Entity.Directory directory -> 0;
        };
        return listed(entry, size, Optional.of(entity));
    }

    /** Ends what is still being fetched. */
    @Override
    public void close() {
        fetcher.close();
    }
}
