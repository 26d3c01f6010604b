package org.s3ds.node.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.repo.Repo;

/**
 * How much a repo holds.
 *
 * <p>Stores that know what they take on the disk say so, and their blocks are counted each time. Of a bucket an index
 * knows both, once it knows every block. Without one it would have to be listed for either: the figures are those of
 * the last listing, and of when that was.
 */
public final class Inventory {
    private final Repo repo;
    private final Blockstore blocks;
    private final InstantSource now;
    private final Consumer<String> notices;
    private final Progress progress;

    /** Is told how far a listing is. */
    @FunctionalInterface
    public interface Progress {
        /** So many blocks, of so many bytes, have come. */
        void listed(long blocks, long bytes);
    }

    /**
     * Of a node.
     *
     * @param notices is told what the user should know, a sentence each
     */
    public Inventory(Repo repo, Blockstore blocks, InstantSource now, Consumer<String> notices, Progress progress) {
        this.repo = repo;
        this.blocks = blocks;
        this.now = now;
        this.notices = notices;
        this.progress = progress;
    }

    /**
     * What there is.
     *
     * @param bytes what the stores take; of blocks in a store that does not know, the sum of their sizes
     * @param blocks how many; 0 when they were not to be counted
     * @param listed when the blocks were listed that these figures rest on; empty when they are of now
     */
    public record Figures(long bytes, long blocks, Optional<Instant> listed) {}

    /**
     * Finds out.
     *
     * @param counted whether the number of blocks is wanted
     * @param fresh whether to list the blocks of a bucket even if it is known how many they are, or were
     */
    public Figures take(boolean counted, boolean fresh) throws IOException {
        long all = repo.datastore().diskUsage().orElse(0);
        OptionalLong ofBlocks = blocks.diskUsage();
        if (ofBlocks.isPresent() && blocks.index().isEmpty()) {
            return new Figures(all, counted ? list(blocks).blocks() : 0, Optional.empty());
        }
        long others = all - ofBlocks.orElse(0);
        Optional<Totals> totals = fresh ? Optional.empty() : blocks.totals();
        if (totals.isPresent()) {
            Totals known = totals.get();
            return new Figures(others + known.bytes(), counted ? known.count() : 0, Optional.empty());
        }
        Optional<Usage> last = fresh ? Optional.empty() : Usage.last(repo, notices);
        Usage usage = last.isPresent() ? last.get() : list(fresh ? blocks.unaided() : blocks);
        return new Figures(others + usage.bytes(), counted ? usage.blocks() : 0, Optional.of(usage.listed()));
    }

    private Usage list(Blockstore all) throws IOException {
        try (AllBlocks listed = new AllBlocks(repo, all, now, notices)) {
            return listed.count(progress);
        }
    }
}
