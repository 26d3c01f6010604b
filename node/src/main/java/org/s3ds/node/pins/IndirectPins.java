package org.s3ds.node.pins;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.Place;

/** What recursive pins keep beside their roots. Nothing on disk says it: their DAGs are walked. */
public final class IndirectPins {
    private final Blockstore blocks;
    private final Pins pins;

    /** Of a node's pins. */
    public IndirectPins(Blockstore blocks, Pins pins) {
        this.blocks = blocks;
        this.pins = pins;
    }

    /** Is told CIDs. */
    @FunctionalInterface
    public interface Sink {
        /** A CID below a recursive pin. */
        void take(Cid cid) throws IOException;
    }

    /**
     * Every CID below the roots of recursive pins, each once; also those that have pins of their own.
     *
     * @throws IOException when a block on the way cannot be read, so that not everything is known
     */
    public void list(Sink sink) throws IOException {
        walk(visit -> {
            if (!visit.place().isRoot()) {
                sink.take(visit.place().cid());
            }
            return true;
        });
    }

    /**
     * A recursive pin above each of some CIDs, as far as there is one.
     *
     * @param wanted what is looked for
     * @return by what was wanted, the CID of the pin
     * @throws IOException when a block on the way cannot be read, so that there may be one that is not known
     */
    public Map<Cid, Cid> find(Set<Cid> wanted) throws IOException {
        Map<Cid, Cid> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            walk(visit -> {
                Cid met = visit.place().cid();
                if (!visit.place().isRoot() && wanted.contains(met)) {
                    found.putIfAbsent(met, visit.place().root());
                }
                return found.size() < wanted.size();
            });
        }
        return found;
    }

    @FunctionalInterface
    private interface Visitor {
        /** Whether to go on. */
        boolean visit(DagWalk.Visit visit) throws IOException;
    }

    private void walk(Visitor visitor) throws IOException {
        try (PinList roots = pins.list(PinMode.RECURSIVE, false);
                DagWalk walk = new DagWalk(
                        blocks, () -> roots.next().map(pin -> Place.root(pin.cid())), DagWalk.Leaves.NAMED)) {
            boolean goOn = true;
            for (Optional<DagWalk.Visit> visit = walk.next(); goOn && visit.isPresent(); visit = walk.next()) {
                visit.get().check();
                goOn = visitor.visit(visit.get());
            }
        }
    }
}
