package org.s3ds.node.pins;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Collector;

/** Removes blocks, but none that a pin or the root of the files keeps, under whatever CID ({@link KeptBlocks}). */
public final class BlockRemoval {
    private final Blockstore blocks;
    private final KeptBlocks kept;

    /** Of a node's blocks. */
    public BlockRemoval(Blockstore blocks, KeptBlocks kept) {
        this.blocks = blocks;
        this.kept = kept;
    }

    /** Is told what became of each block, in their order. */
    @FunctionalInterface
    public interface Sink {
        /** A block that is gone, or the reason why it was not removed, in Kubo's words where it has some. */
        void done(Cid cid, Optional<String> refusal) throws IOException;
    }

    /**
     * Removes blocks; gone for good on return.
     *
     * @param force whether a block that is not there counts as removed; then nobody looks
     * @throws IOException when it cannot be told whether they are pinned, and none is removed; or when one could not be
     *     removed, and those before it are
     */
    public void remove(List<Cid> cids, boolean force, Sink sink) throws IOException {
        try (Collector collector = blocks.collect()) {
            Map<Multihash, String> reasons = kept(cids);
            for (Cid cid : cids) {
                Optional<String> refusal = Optional.ofNullable(reasons.get(cid.hash()));
                if (refusal.isEmpty() && !force && !blocks.has(cid)) {
                    refusal = Optional.of("ipld: could not find " + cid);
                }
                if (refusal.isEmpty()) {
                    refusal = remove(collector, cid);
                }
                sink.done(cid, refusal);
            }
            collector.sync();
        }
    }

    private static Optional<String> remove(Collector collector, Cid cid) throws IOException {
        return cid.isIdentity() || !collector.remove(List.of(cid.hash())).isEmpty()
                ? Optional.empty()
                : Optional.of("it is being added or pinned");
    }

    private Map<Multihash, String> kept(List<Cid> cids) throws IOException {
        try {
            return kept.of(cids.stream().map(Cid::hash).collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new IOException("nothing was removed, as it cannot be told what is pinned: " + e.getMessage(), e);
        }
    }
}
