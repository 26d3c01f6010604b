package org.s3ds.node.upkeep;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CorruptBlockException;
import org.s3ds.node.blocks.DagWalk;
import org.s3ds.node.blocks.Place;
import org.s3ds.node.gc.Marks;
import org.s3ds.node.gc.Root;
import org.s3ds.node.gc.Roots;

/**
 * Whether all that roots need is there, as a listing shows what is there. Blocks with links are read, many at once; the
 * others are not even asked for. What is missing is told once, with the first root it was met below, and restored when
 * there is something to restore it from; what is below it is looked at then. Memory: what {@link Marks} take, and each
 * missing block.
 */
final class NeededBlocks {
    private final Blockstore blocks;
    private final Blockstore stored;
    private final Marks present;
    private final Marks met;
    private final Copies copies;
    private final Inspection.Listener listener;
    private final Set<Multihash> lost = new HashSet<>();
    private final Set<Multihash> restored = new HashSet<>();

    /** Restored ones, below which is still to be looked. */
    private final Deque<Place> again = new ArrayDeque<>();

    /** Of these, the ones that may be met once more. */
    private final Set<Cid> unmet = new HashSet<>();

    private long mended;
    private long broken;

    /**
     * Begins with nothing.
     *
     * @param present what was listed after the roots were taken down
     * @param met for this alone
     */
    NeededBlocks(Blockstore blocks, Marks present, Marks met, Copies copies, Inspection.Listener listener) {
        this.blocks = blocks.inBackground();
        this.stored = this.blocks.unaided();
        this.present = present;
        this.met = met;
        this.copies = copies;
        this.listener = listener;
    }

    /**
     * What was found.
     *
     * @param needed how many blocks roots need, as far as that could be told
     * @param missing those of them that are not there, nor were before they were restored
     * @param restored those of the missing that are there now
     * @param mended blocks that were there and damaged, and have a good copy in their place now
     * @param broken blocks that are there, but could not be read for what they need
     */
    record Found(long needed, long missing, long restored, long mended, long broken) {}

    Found look(Roots roots) throws IOException {
        walk(() -> nextDag(roots));
        while (!again.isEmpty()) {
            walk(() -> Optional.ofNullable(again.poll()));
        }
        return new Found(met.size(), lost.size() + restored.size(), restored.size(), mended, broken);
    }

    private Optional<Place> nextDag(Roots roots) throws IOException {
        for (Optional<Root> root = roots.next(); root.isPresent(); root = roots.next()) {
            Place place = Place.root(root.get().cid(), root.get().keeper());
            if (root.get().extent() != Root.Extent.BLOCK) {
                return Optional.of(place);
            }
            if (met.keep(place.cid().hash())) {
                requireThere(place);
            }
        }
        return Optional.empty();
    }

    private void walk(DagWalk.Roots roots) throws IOException {
        try (DagWalk walk = new DagWalk(blocks, roots, DagWalk.Leaves.NAMED, this::isNew)) {
            for (Optional<DagWalk.Visit> visit = walk.next(); visit.isPresent(); visit = walk.next()) {
                Place place = visit.get().place();
                if (requireThere(place) && visit.get().failure().isPresent()) {
                    breaks(place, visit.get().failure().get());
                }
                listener.needed(met.size());
            }
        }
    }

    /** What a block needs is not known; one that is damaged may have a good copy. */
    private void breaks(Place place, IOException failure) throws IOException {
        if (failure instanceof CorruptBlockException && !copies.isEmpty()) {
            try {
                copies.restore(place.cid(), stored);
                mended++;
                lookBelow(place);
                listener.found(BadBlock.corrupt(place.cid()).healed());
                return;
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        broken++;
        listener.broken(place.keeper(), place.cid(), failure);
    }

    /** Leaves are to be visited, too, each once. */
    private boolean isNew(Cid cid) throws IOException {
        boolean isFirst = met.keep(cid.hash());
        return unmet.remove(cid) || (BlockLinks.hasNone(cid.codec()) ? isFirst : met.add(cid));
    }

    /** Whether a block is there, perhaps by now; one that is not is told the first time. */
    private boolean requireThere(Place place) throws IOException {
        Multihash hash = place.cid().hash();
        if (lost.contains(hash)) {
            return false;
        }
        if (place.cid().isIdentity() || present.contains(hash) || restored.contains(hash) || stored.has(place.cid())) {
            return true;
        }
        listener.missing(restore(place));
        return false;
    }

    private MissingBlock restore(Place place) throws IOException {
        Cid cid = place.cid();
        String failure = "";
        if (copies.isEmpty()) {
            lost.add(cid.hash());
        } else {
            try {
                copies.restore(cid, stored);
                restored.add(cid.hash());
                lookBelow(place);
            } catch (IOException e) {
                lost.add(cid.hash());
                failure = String.valueOf(e.getMessage());
            }
        }
        boolean isThere = restored.contains(cid.hash());
        return new MissingBlock(cid, blocks.whereIs(cid), place.keeper(), place.path(), failure, isThere);
    }

    private void lookBelow(Place place) {
        if (!BlockLinks.hasNone(place.cid().codec())) {
            again.add(place);
            unmet.add(place.cid());
        }
    }
}
