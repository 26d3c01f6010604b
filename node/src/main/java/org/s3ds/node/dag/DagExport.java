package org.s3ds.node.dag;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.car.CarWriter;
import org.s3ds.node.blocks.BlockFetcher;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.blocks.CorruptBlockException;
import org.s3ds.node.blocks.Window;

/**
 * Writes a DAG as a CAR: the root first, each block before those below it, each CID once, where it is met first. Blocks
 * are read ahead, each once. For one export.
 */
public final class DagExport {
    private final BlockSource blocks;
    private final boolean partial;
    private final CidSet seen = CidSet.withIdentities();

    /** Blocks that are not there, of an export that passes over them. */
    private final Set<Cid> absent = ConcurrentHashMap.newKeySet();

    private long written;
    private long skipped;

    /**
     * An export.
     *
     * @param partial whether blocks that are missing or corrupt are passed over, with all that is below them
     */
    public DagExport(BlockSource blocks, boolean partial) {
        this.blocks = blocks;
        this.partial = partial;
    }

    /**
     * What was written.
     *
     * @param blocks how many
     * @param skipped how many were not there, of those that were met
     */
    public record Exported(long blocks, long skipped) {}

    /**
     * Writes the CAR, and flushes it. Nothing is written before the root was read.
     *
     * @throws IOException when a block is missing or cannot be read, or nobody takes what is written; from the first
     *     block on, the sentence says how much was written
     */
    public Exported to(OutputStream out, Cid root) throws IOException {
        try (BlockFetcher fetcher = new BlockFetcher(this::get, root, new Everything(), Window.DEFAULT)) {
            Optional<Block> block = fetcher.next();
            requireRoot(root);
            CarWriter car = new CarWriter(out, List.of(root));
            while (block.isPresent()) {
                write(car, block.get());
                block = next(fetcher, out);
            }
            out.flush();
            return new Exported(written, skipped);
        }
    }

    private void requireRoot(Cid root) throws IOException {
        if (absent.contains(root)) {
            blocks.get(root);
        }
    }

    private void write(CarWriter car, Block block) throws IOException {
        if (absent.contains(block.cid())) {
            skipped++;
        } else {
            car.write(block);
            written++;
        }
    }

    private Optional<Block> next(BlockFetcher fetcher, OutputStream out) throws IOException {
        try {
            return fetcher.next();
        } catch (IOException e) {
            out.flush();
            throw new IOException(
                    "%s (the CAR is not whole: it ends after %d blocks)".formatted(e.getMessage(), written), e);
        }
    }

    private Block get(Cid cid) throws IOException {
        try {
            return blocks.get(cid);
        } catch (MissingBlockException | CorruptBlockException e) {
            if (!partial) {
                throw e;
            }
            absent.add(cid);
            return Block.of(cid, new byte[0]);
        }
    }

    private final class Everything implements BlockFetcher.Walk {
        @Override
        public List<Cid> children(Block block) throws IOException {
            seen.add(block.cid());
            return absent.contains(block.cid()) ? List.of() : links(block);
        }

        @Override
        public List<Cid> ahead(Block block) {
            try {
                return absent.contains(block.cid()) ? List.of() : links(block);
            } catch (FormatException _) {
                return List.of();
            }
        }

        @Override
        public boolean wants(Cid cid) {
            return !seen.contains(cid);
        }

        private static List<Cid> links(Block block) throws FormatException {
            return BlockLinks.of(block).stream().map(Link::cid).toList();
        }
    }
}
