package org.s3ds.node.pins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.Place;

/** Whether what is pinned recursively is there, with every block that is read hashed. Changes nothing. */
public final class PinCheck {
    private final Blockstore blocks;
    private final Pins pins;

    /** Of a node's pins. */
    public PinCheck(Blockstore blocks, Pins pins) {
        this.blocks = blocks.unaided();
        this.pins = pins;
    }

    /**
     * A block that cannot be had or read.
     *
     * @param reason a sentence
     */
    public record BadNode(Cid cid, String reason) {}

    /** Is told how each pin is, in the sequence of the index. */
    @FunctionalInterface
    public interface Sink {
        /** A pin's root, and what is bad at or below it: nothing when it is whole. */
        void checked(Cid root, List<BadNode> bad) throws IOException;
    }

    /**
     * Checks all recursive pins. Everything is read once; only where that finds something bad, each pin is gone through
     * by itself, to see whose it is.
     *
     * @throws IOException when they cannot be listed; in the end also when the record of a pin is damaged that no index
     *     has, so that nobody knows what it keeps
     */
    public void run(Sink sink) throws IOException {
        Map<Cid, String> bad = findBad();
        try (PinList roots = pins.list(PinMode.RECURSIVE, false)) {
            for (Optional<PinRecord> pin = roots.next(); pin.isPresent(); pin = roots.next()) {
                Cid root = pin.get().cid();
                sink.checked(root, bad.isEmpty() ? List.of() : badBelow(root, bad));
            }
        }
        pins.snapshot();
    }

    private Map<Cid, String> findBad() throws IOException {
        Map<Cid, String> bad = new HashMap<>();
        try (PinList roots = pins.list(PinMode.RECURSIVE, false);
                DagWalk walk = new DagWalk(
                        blocks, () -> roots.next().map(pin -> Place.root(pin.cid())), DagWalk.Leaves.PROVEN)) {
            for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                Cid cid = visit.get().place().cid();
                visit.get().failure().ifPresent(e -> bad.put(cid, reason(e)));
            }
        }
        return bad;
    }

    private List<BadNode> badBelow(Cid root, Map<Cid, String> bad) throws IOException {
        List<BadNode> found = new ArrayList<>();
        try (DagWalk walk = new DagWalk(blocks, root, DagWalk.Leaves.NAMED)) {
            for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                Cid cid = visit.get().place().cid();
                Optional<String> failure = visit.get().failure().map(PinCheck::reason);
                Optional.ofNullable(bad.get(cid))
                        .or(() -> failure)
                        .ifPresent(reason -> found.add(new BadNode(cid, reason)));
            }
        }
        found.sort(Comparator.comparing(node -> node.cid().toString()));
        return found;
    }

    private static String reason(IOException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }
}
