package org.s3ds.node.gc;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.blocks.RemovalException;

/** Carries a plan out: lists all blocks, and removes those that it lets go. Belongs to one thread. */
final class Sweep {
    private final Blockstore blocks;
    private final SweepPlan plan;
    private final GarbageCollector.Listener listener;
    private long removed;
    private long bytes;
    private long failed;
    private long inUse;

    /** A sweep that has not begun. */
    Sweep(Blockstore blocks, SweepPlan plan, GarbageCollector.Listener listener) {
        this.blocks = blocks;
        this.plan = plan;
        this.listener = listener;
    }

    /** Removes blocks, as {@link org.s3ds.node.blocks.Collector#remove} does, or shows what it would remove. */
    @FunctionalInterface
    interface Remover {
        /** What is gone of these. */
        List<Multihash> remove(List<Multihash> hashes) throws IOException;
    }

    /**
     * Removes all that goes. Blocks that cannot be removed are told, and the others are; but when not one of a thousand
     * can, that is the end.
     *
     * @throws IOException when it had to stop early; what is gone by then is garbage all the same
     */
    Swept run(Remover remover) throws IOException {
        try (Candidates candidates = new Candidates(blocks, plan, listener)) {
            for (Optional<List<ListedBlock>> some = candidates.next(); some.isPresent(); some = candidates.next()) {
                remove(some.get(), remover);
            }
            return new Swept(
                    candidates.listed(),
                    candidates.bytes(),
                    candidates.foreign(),
                    removed,
                    bytes,
                    failed,
                    candidates.inUse() + inUse,
                    candidates.young());
        } catch (IOException e) {
            throw new IOException(
                    "garbage collection stopped after %d blocks were removed, all of them garbage: %s"
                            .formatted(removed, e.getMessage()),
                    e);
        }
    }

    private void remove(List<ListedBlock> batch, Remover remover) throws IOException {
        List<Multihash> hashes = batch.stream().map(ListedBlock::hash).toList();
        try {
            List<Multihash> gone = remover.remove(hashes);
            inUse += hashes.size() - gone.size();
            tell(batch, gone);
        } catch (RemovalException e) {
            inUse += hashes.size() - e.removed().size() - e.failures().size();
            failed += e.failures().size();
            tell(batch, e.removed());
            for (Map.Entry<Multihash, IOException> failure : e.failures().entrySet()) {
                listener.notRemoved(failure.getKey(), failure.getValue());
            }
            if (e.failures().size() == Candidates.BATCH) {
                throw e;
            }
        }
    }

    private void tell(List<ListedBlock> batch, List<Multihash> gone) throws IOException {
        Set<Multihash> all = new HashSet<>(gone);
        for (ListedBlock block : batch) {
            if (all.contains(block.hash())) {
                removed++;
                bytes += block.size().orElse(0);
                listener.removed(block);
            }
        }
    }
}
