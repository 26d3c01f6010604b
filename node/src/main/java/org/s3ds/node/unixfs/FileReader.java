package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.unixfs.FileWalk;
import org.s3ds.node.blocks.BlockFetcher;
import org.s3ds.node.blocks.Window;

/** Reads a stretch of a file or a symlink's target; only the blocks it touches, each once, the next ones ahead. */
public final class FileReader implements AutoCloseable {
    /** Small enough to stay in the processor's cache until it is written. */
    private static final int MOST_COPIED = 64 << 10;

    private final FileWalk walk;
    private final BlockFetcher fetcher;
    private ByteBuffer content = ByteBuffer.allocate(0);

    /**
     * Reads the file's root.
     *
     * @param offset the first byte, counted from 0; may be behind the end
     * @param length how many bytes at most, 0 or more
     * @throws org.s3ds.ipld.FormatException when it is a directory, or nothing that UnixFS knows
     */
    public FileReader(BlockSource blocks, Cid root, long offset, long length) throws IOException {
        this.walk = new FileWalk(root, offset, length);
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

    private final class Blocks implements BlockFetcher.Walk {
        @Override
        public List<Cid> children(Block block) throws IOException {
            content = walk.accept(block);
            return walk.children();
        }

        @Override
        public List<Cid> ahead(Block block) {
            return walk.ahead(block);
        }
    }

    /** The length of the whole file in bytes. */
    public long size() {
        return walk.size().orElseThrow();
    }

    /** Writes the stretch, once. */
    public void copyTo(OutputStream out) throws IOException {
        write(content, out);
        while (fetcher.next().isPresent()) {
            write(content, out);
        }
    }

    /** Writes the bytes of a buffer that may be read-only. */
    static void write(ByteBuffer bytes, OutputStream out) throws IOException {
        byte[] part = new byte[Math.min(bytes.remaining(), MOST_COPIED)];
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), part.length);
            bytes.get(part, 0, length);
            out.write(part, 0, length);
        }
    }

    /** Ends what is still being fetched. */
    @Override
    public void close() {
        fetcher.close();
    }
}
