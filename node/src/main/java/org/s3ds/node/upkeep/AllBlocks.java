package org.s3ds.node.upkeep;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.BlockQuery;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.repo.Repo;

/**
 * All blocks of a node with their sizes, in any sequence, counted as they come: when the last one has come, the repo
 * knows its {@link Usage} anew. Belongs to one thread; that thread closes it.
 */
public final class AllBlocks implements AutoCloseable {
    private final Repo repo;
    private final InstantSource now;
    private final Consumer<String> notices;
    private final BlockKeys keys;
    private long blocks;
    private long bytes;
    private Optional<Usage> usage = Optional.empty();

    /**
     * Begins to list.
     *
     * @param notices is told when what was counted could not be kept
     */
    public AllBlocks(Repo repo, Blockstore store, InstantSource now, Consumer<String> notices) throws IOException {
        this.repo = repo;
        this.now = now;
        this.notices = notices;
        this.keys = store.multihashes(BlockQuery.ALL.withSizes());
    }

    /**
     * The next block.
     *
     * @return empty at the end
     * @throws IOException when the listing cannot go on; what came so far is then not all there is
     */
    public Optional<ListedBlock> next() throws IOException {
        Optional<ListedBlock> block = keys.next();
        if (block.isPresent()) {
            blocks++;
            bytes += block.get().size().orElse(0);
        } else if (usage.isEmpty()) {
            keep(new Usage(blocks, bytes, now.instant()));
        }
        return block;
    }

    /** Reads what is left, and gives what all blocks are. */
    Usage count(Inventory.Progress progress) throws IOException {
        while (usage.isEmpty()) {
            next();
            progress.listed(blocks, bytes);
        }
        return usage.get();
    }

    private void keep(Usage counted) {
        usage = Optional.of(counted);
        try {
            counted.keep(repo);
        } catch (IOException e) {
            notices.accept("how much the blocks are could not be kept for repo stat: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        keys.close();
    }
}
