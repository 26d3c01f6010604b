package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;

/**
 * Visits every CID at and below some roots once, in no promised order, many fetched at once. Belongs to one thread;
 * that thread closes it.
 *
 * <ul>
 *   <li>A block is read for its links, and so its hash is checked. One whose codec has no links is never read.
 *   <li>A block that cannot be had, or whose links cannot be read, is visited with its failure; the walk goes on with
 *       the others.
 *   <li>Memory is what {@link CidSet} needs, and what a way down has of links beside it: a chain may be of any length.
 * </ul>
 */
public final class DagWalk implements AutoCloseable {
    /** What is done about blocks whose codec has no links. */
    public enum Leaves {
        /** Each is shown to be there, by one request that does not read it. */
        PROVEN,
        /** They are visited as their names are met. */
        NAMED
    }

    /** Roots, given one by one as the walk has room for them. */
    @FunctionalInterface
    public interface Roots {
        /** The next root; empty at the end. */
        Optional<Cid> next() throws IOException;
    }

    /**
     * A CID that was visited.
     *
     * @param failure why the block could not be had or read; empty when all is well
     */
    public record Visit(Place place, Optional<IOException> failure) {
        /** Throws the failure, if there is one, with the path that leads to the block. */
        public void check() throws IOException {
            if (failure.isPresent()) {
                throw new BrokenDagException(place, failure.get());
            }
        }
    }

    /** What is to be done with a block that is being read. */
    private sealed interface Task {
        /** A block of the DAG, perhaps in place of another whose DAG is known to be whole. */
        record Node(Place place, Optional<Cid> before) implements Task {}

        /** A block that was in another's place: the links of the other that it has too need no visit. */
        record Before(Place place, List<Link> links) implements Task {}
    }

    private final Roots roots;
    private final Leaves leaves;
    private final Backlog<Task> backlog;
    private final CidSet seen = new CidSet();
    private final Deque<Place> named = new ArrayDeque<>();
    private final LongAdder bytes = new LongAdder();
    private boolean rootsEnded;

    /** A walk from any number of roots. */
    public DagWalk(Blockstore blocks, Roots roots, Leaves leaves) {
        this.roots = roots;
        this.leaves = leaves;
        this.backlog = new Backlog<>(cid -> read(blocks, cid), Window.DEFAULT);
    }

    /** A walk from one root. */
    public DagWalk(Blockstore blocks, Cid root, Leaves leaves) {
        this(blocks, Optional::empty, leaves);
        meet(Place.root(root), Optional.empty());
    }

    /**
     * A walk over what one root has and another has not, all of it proven to be there. Of the other, only those blocks
     * are read that stand where the first has others.
     *
     * @param before is there with all that is below it
     */
    public static DagWalk ofChange(Blockstore blocks, Cid root, Cid before) {
        DagWalk walk = new DagWalk(blocks, Optional::empty, Leaves.PROVEN);
        walk.seen.add(before);
        walk.meet(Place.root(root), Optional.of(before));
        return walk;
    }

    /**
     * The next visit.
     *
     * @return empty at the end
     * @throws IOException when the roots could not be had, or the walk was interrupted: what a block lacks is told by
     *     its visit
     */
    public Optional<Visit> next() throws IOException {
        while (named.isEmpty()) {
            meetRoots();
            Optional<Backlog.Come<Task>> come = backlog.next();
            if (come.isEmpty()) {
                if (named.isEmpty()) {
                    return Optional.empty();
                }
                break;
            }
            switch (come.get().task()) {
                case Task.Node node -> {
                    return Optional.of(visit(node, come.get()));
                }
                case Task.Before before -> meetChanged(before, come.get());
            }
        }
        return Optional.of(new Visit(named.remove(), Optional.empty()));
    }

    /** How many bytes the visited blocks have so far, and those that were fetched before their turn. */
    public long bytes() {
        return bytes.sum();
    }

    /** Ends what is still being fetched. */
    @Override
    public void close() {
        backlog.close();
    }

    private Block read(Blockstore blocks, Cid cid) throws IOException {
        if (BlockLinks.hasNone(cid.codec())) {
            bytes.add(blocks.require(cid));
            return Block.of(cid, new byte[0]);
        }
        Block block = blocks.get(cid);
        bytes.add(block.size());
        return block;
    }

    private void meetRoots() throws IOException {
        while (!rootsEnded && named.isEmpty() && backlog.isShort()) {
            Optional<Cid> root = roots.next();
            root.ifPresent(cid -> meet(Place.root(cid), Optional.empty()));
            rootsEnded = root.isEmpty();
        }
    }

    private void meet(Place place, Optional<Cid> before) {
        if (!seen.add(place.cid())) {
            return;
        }
        if (leaves == Leaves.NAMED && BlockLinks.hasNone(place.cid().codec())) {
            named.add(place);
        } else {
            backlog.add(place.cid(), new Task.Node(place, before));
        }
    }

    private Visit visit(Task.Node node, Backlog.Come<Task> come) {
        try {
            List<Link> links = BlockLinks.of(come.block());
            if (node.before.isPresent() && !links.isEmpty()) {
                backlog.add(node.before.get(), new Task.Before(node.place, links));
            } else {
                meetAll(node.place, links, Map.of());
            }
            return new Visit(node.place, Optional.empty());
        } catch (IOException e) {
            return new Visit(node.place, Optional.of(e));
        }
    }

    private void meetAll(Place above, List<Link> links, Map<Integer, Cid> before) {
        for (int i = 0; i < links.size(); i++) {
            meet(above.below(links.get(i), i), Optional.ofNullable(before.get(i)));
        }
    }

    /** Without the other block, everything is visited. */
    private void meetChanged(Task.Before before, Backlog.Come<Task> come) {
        List<Link> old;
        try {
            old = BlockLinks.of(come.block());
        } catch (IOException e) {
            meetAll(before.place, before.links, Map.of());
            return;
        }
        old.forEach(link -> seen.add(link.cid()));
        meetAll(before.place, before.links, replaced(old, before.links));
    }

    /** For each new link that stands in an old one's place its number, and what was there: by name, else in turn. */
    private Map<Integer, Cid> replaced(List<Link> old, List<Link> links) {
        Set<Cid> kept = links.stream().map(Link::cid).collect(Collectors.toSet());
        Map<String, Deque<Cid>> gone = new HashMap<>();
        for (Link link : old) {
            if (!kept.contains(link.cid()) && !BlockLinks.hasNone(link.cid().codec())) {
                gone.computeIfAbsent(link.name(), any -> new ArrayDeque<>()).add(link.cid());
            }
        }
        Map<Integer, Cid> replaced = new HashMap<>();
        for (int i = 0; i < links.size(); i++) {
            Deque<Cid> before = gone.getOrDefault(links.get(i).name(), new ArrayDeque<>());
            if (!seen.contains(links.get(i).cid()) && !before.isEmpty()) {
                replaced.put(i, before.remove());
            }
        }
        return replaced;
    }
}
