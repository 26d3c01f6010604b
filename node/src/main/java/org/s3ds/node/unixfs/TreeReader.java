package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.unixfs.DirectoryWalk;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.ipld.unixfs.FileWalk;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.BlockFetcher;
import org.s3ds.node.blocks.Window;

/**
 * Reads a file tree in preorder into a {@link TreeSink}, each block once, the next ones ahead, across files and
 * directories. For one thread, to be read once.
 */
public final class TreeReader implements AutoCloseable {
    /** A path has at most 4096 bytes where there are files. */
    private static final int MOST_LEVELS = 2048;

    private final String rootName;
    private final BlockFetcher fetcher;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Entity root;
    private final OptionalLong estimate;
    private Found found;

    /** What the block that came last was. */
    private sealed interface Found {}

    /** The root block of something with a path; a file's first bytes may be in it. */
    private record Node(List<String> path, Entity entity, ByteBuffer bytes) implements Found {}

    /** A block of a file; its bytes. */
    private record Bytes(ByteBuffer bytes) implements Found {}

    /** A shard of a directory, or nothing yet. */
    private record Nothing() implements Found {}

    /** A file or directory that is being read. */
    private sealed interface Open {}

    private record OpenFile(FileWalk walk) implements Open {}

    private record OpenDirectory(List<String> path, Metadata metadata, DirectoryWalk walk, Deque<Link> entries)
            implements Open {
        boolean isRead() {
            return entries.isEmpty() && walk.next().isEmpty();
        }
    }

    /**
     * Reads the root block.
     *
     * @param name what the root is called in the paths that the sink gets
     */
    public TreeReader(BlockSource blocks, Cid root, String name) throws IOException {
        this.rootName = name;
        this.found = new Nothing();
        this.fetcher = new BlockFetcher(blocks, root, new Blocks(), Window.DEFAULT);
        boolean opened = false;
        try {
            Block block = fetcher.next().orElseThrow();
            this.root = found instanceof Node node ? node.entity : Entity.of(block);
            this.estimate = TreeSize.estimate(block, this.root);
            opened = true;
        } finally {
            if (!opened) {
                fetcher.close();
            }
        }
    }

    /** What the root is. */
    public Entity root() {
        return root;
    }

    /**
     * A file's bytes; of a directory the bytes of all its blocks, as its own says; empty when that is more than can be.
     */
    public OptionalLong estimate() {
        return estimate;
    }

    /** Reads everything into a sink, once. */
    public void copyTo(TreeSink sink) throws IOException {
        do {
            if (found instanceof Node node) {
                give(node, sink);
            }
            endDirectories(sink);
        } while (fetcher.next().isPresent());
    }

    private void give(Node node, TreeSink sink) throws IOException {
        switch (node.entity) {
            case Entity.Directory directory -> sink.directory(node.path, directory.metadata());
            case Entity.Symlink symlink -> sink.symlink(node.path, symlink.metadata(), symlink.target());
            case Entity.File file -> {
                OpenFile reading = (OpenFile) open.getLast();
                sink.file(node.path, file.metadata(), new FileContent(file.size(), node.bytes, reading));
                if (reading.walk.next().isPresent()) {
                    throw new IllegalStateException("a sink left a file unread: " + node.path);
                }
                open.removeLast();
            }
        }
    }

    private void endDirectories(TreeSink sink) throws IOException {
        while (!open.isEmpty() && open.getLast() instanceof OpenDirectory directory && directory.isRead()) {
            open.removeLast();
            sink.endDirectory(directory.path, directory.metadata);
        }
    }

    /** Everything below the root is read, so what a block links to is what will be visited. */
    private final class Blocks implements BlockFetcher.Walk {
        @Override
        public List<Cid> children(Block block) throws IOException {
            return visit(block);
        }

        @Override
        public List<Cid> ahead(Block block) {
            return LinksAhead.of(block).all();
        }
    }

    private List<Cid> visit(Block block) throws IOException {
        if (open.isEmpty()) {
            return enter(List.of(rootName), block);
        }
        return switch (open.getLast()) {
            case OpenFile file -> readOn(file, block);
            case OpenDirectory directory
            when directory.entries.isEmpty() -> {
                found = new Nothing();
                yield readOn(directory, block);
            }
            case OpenDirectory directory -> {
                List<String> path = new ArrayList<>(directory.path);
                if (path.size() == MOST_LEVELS) {
                    throw new IOException(
                            "the directories in %s are more than %d levels deep, which no disk and no archive takes"
                                    .formatted(rootName, MOST_LEVELS));
                }
                path.add(directory.entries.removeFirst().name());
                yield enter(List.copyOf(path), block);
            }
        };
    }

    private List<Cid> enter(List<String> path, Block block) throws IOException {
        Entity entity = Entity.of(block);
        found = new Nothing();
        List<Cid> children = switch (entity) {
            case Entity.Directory directory -> {
                OpenDirectory opened = new OpenDirectory(
                        path, directory.metadata(), new DirectoryWalk(block.cid()), new ArrayDeque<>());
                open.addLast(opened);
                yield readOn(opened, block);
            }
            case Entity.File file -> {
                OpenFile opened = new OpenFile(new FileWalk(block.cid()));
                open.addLast(opened);
                yield readOn(opened, block);
            }
            case Entity.Symlink symlink -> List.<Cid>of();
        };
        ByteBuffer bytes = found instanceof Bytes first ? first.bytes : ByteBuffer.allocate(0);
        found = new Node(path, entity, bytes);
        return children;
    }

    private List<Cid> readOn(OpenFile file, Block block) throws IOException {
        found = new Bytes(file.walk.accept(block));
        return file.walk.children();
    }

    /** Entries are visited before further shards: so little is kept of a large directory. */
    private static List<Cid> readOn(OpenDirectory directory, Block block) throws IOException {
        List<Link> entries = directory.walk.accept(block);
        directory.entries.addAll(entries);
        List<Cid> children = new ArrayList<>();
        entries.forEach(entry -> children.add(entry.cid()));
        children.addAll(directory.walk.children());
        return children;
    }

    /** The content of the file whose root came last. */
    private final class FileContent implements TreeSink.Content {
        private final long size;
        private final ByteBuffer first;
        private final OpenFile file;

        FileContent(long size, ByteBuffer first, OpenFile file) {
            this.size = size;
            this.first = first;
            this.file = file;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void copyTo(OutputStream out) throws IOException {
            FileReader.write(first, out);
            while (file.walk.next().isPresent()) {
                fetcher.next();
                if (found instanceof Bytes more) {
                    FileReader.write(more.bytes, out);
                }
            }
        }
    }

    /** Ends what is still being fetched. */
    @Override
    public void close() {
        fetcher.close();
    }
}
