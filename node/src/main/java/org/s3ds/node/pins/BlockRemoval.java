package org.s3ds.node.pins;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Collector;

/**
 * Removes blocks, but none that a pin keeps. A block is kept under whatever CID it is pinned: version and codec do not
 * count here, as all its CIDs would lose it.
 */
public final class BlockRemoval {
    private final Blockstore blocks;
    private final Pins pins;

    /** Of a node's blocks. */
    public BlockRemoval(Blockstore blocks, Pins pins) {
        this.blocks = blocks;
        this.pins = pins;
    }

    /** Is told what became of each block, in their order. */
    @FunctionalInterface
    public interface Sink {
        /** A block that is gone, or the reason why it was not removed, in Kubo's words. */
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
            Map<Multihash, String> pinned = pinned(cids.stream().map(Cid::hash).collect(Collectors.toSet()));
            for (Cid cid : cids) {
                Optional<String> refusal = Optional.ofNullable(pinned.get(cid.hash()));
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

    private Map<Multihash, String> pinned(Set<Multihash> hashes) throws IOException {
        Map<Multihash, String> pinned = new HashMap<>();
        for (PinMode mode : PinMode.values()) {
            addOwn(mode, hashes, pinned);
        }
        Set<Multihash> others = new HashSet<>(hashes);
        others.removeAll(pinned.keySet());
        try {
            new IndirectPins(blocks, pins)
                    .find(others, Cid::hash)
                    .forEach((hash, root) -> pinned.put(hash, "pinned via " + root));
        } catch (IOException e) {
            throw new IOException("nothing was removed, as it cannot be told what is pinned: " + e.getMessage(), e);
        }
        return pinned;
    }

    private void addOwn(PinMode mode, Set<Multihash> hashes, Map<Multihash, String> pinned) throws IOException {
        try (PinList list = pins.list(mode, false)) {
            for (Optional<PinRecord> pin = list.next(); pin.isPresent(); pin = list.next()) {
                Multihash hash = pin.get().cid().hash();
                if (hashes.contains(hash)) {
                    pinned.putIfAbsent(hash, "pinned: " + mode.word());
                }
            }
        }
    }
}
