package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 *   <li>A block is read for its links, and so its hash is checked. One that is known to have none is never read: by its
 *       codec, or because it was seen before ({@link Blockstore#isLeaf}).
 *   <li>A block that cannot be had, or whose links cannot be read, is visited with its failure; the walk goes on with
 *       the others.
 *   <li>Memory is what {@link Seen} needs, and what a way down has of links beside it: a chain may be of any length.
 * </ul>
 */
public final class DagWalk implements AutoCloseable {
    /** What is done about blocks that are known to have no links. */
    public enum Leaves {
        /** Each is shown to be there, by one request that does not read it. */
        PROVEN,
        /** They are visited as their names are met. */
        NAMED,
        /** They are added to what is seen, and not visited. */
        SEEN
    }

    /** Roots, given one by one as the walk has room for them. */
    @FunctionalInterface
    public interface Roots {
        /** The next root; empty at the end. */
        Optional<Place> next() throws IOException;
    }

    /** The CIDs that a walk has met. */
    @FunctionalInterface
    public interface Seen {
        /**
         * Adds a CID. What is met below it is added only if it was not there before.
         *
         * @return whether it was not there before; for an identity CID, which need not be kept, always true
         */
        boolean add(Cid cid) throws IOException;
    }

    /**
     * A CID that was visited.
     *
     * @param size bytes of its block; 0 when it was not asked for, or could not be had
     * @param failure why the block could not be had or read; empty when all is well
     */
    public record Visit(Place place, long size, Optional<IOException> failure) {
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

    private final Blockstore blocks;
    private final Roots roots;
    private final Leaves leaves;
    private final Backlog<Task> backlog;
    private final Seen seen;
    private final Deque<Place> named = new ArrayDeque<>();

    /** Of blocks that were asked for, not read, and not visited yet. */
    private final Map<Cid, Long> leafSizes = new ConcurrentHashMap<>();

    private final LongAdder bytes = new LongAdder();
    private boolean rootsEnded;

    /** A walk from any number of roots. */
    public DagWalk(Blockstore blocks, Roots roots, Leaves leaves) {
        this(blocks, roots, leaves, new CidSet());
    }

    /**
     * A walk from any number of roots, past what is seen already.
     *
     * @param seen for this walk alone while it lasts
     */
    public DagWalk(Blockstore blocks, Roots roots, Leaves leaves, Seen seen) {
        this.blocks = blocks;
        this.roots = roots;
        this.leaves = leaves;
        this.seen = seen;
        this.backlog = new Backlog<>(this::read, Window.DEFAULT);
    }

    /** A walk from one root. */
    public DagWalk(Blockstore blocks, Cid root, Leaves leaves) {
        this(blocks, root, leaves, new CidSet());
    }

    /** A walk from one root, past what is seen already. */
    public DagWalk(Blockstore blocks, Cid root, Leaves leaves, Seen seen) {
        this(blocks, List.of(Place.root(root)).iterator(), leaves, seen);
    }

    private DagWalk(Blockstore blocks, Iterator<Place> roots, Leaves leaves, Seen seen) {
        this(blocks, () -> roots.hasNext() ? Optional.of(roots.next()) : Optional.empty(), leaves, seen);
    }

    /**
     * A walk over what one root has and another has not, all of it proven to be there. Of the other, only those blocks
     * are read that stand where the first has others.
     *
     * @param before is there with all that is below it
     */
    public static DagWalk ofChange(Blockstore blocks, Cid root, Cid before) {
        CidSet seen = new CidSet();
        DagWalk walk = new DagWalk(blocks, Optional::empty, Leaves.PROVEN, seen);
        seen.add(before);
        if (seen.add(root)) {
            walk.backlog.add(root, new Task.Node(Place.root(root), Optional.of(before)));
        }
        return walk;
    }

    /**
     * The next visit.
     *
     * @return empty at the end
     * @throws IOException when the roots could not be had, {@link Seen} failed, or the walk was interrupted: what a
     *     block lacks is told by its visit
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
        return Optional.of(new Visit(named.remove(), 0, Optional.empty()));
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

    private Block read(Cid cid) throws IOException {
        if (blocks.isLeaf(cid)) {
            long size = blocks.require(cid);
            bytes.add(size);
            leafSizes.put(cid, size);
            return Block.of(cid, new byte[0]);
        }
        Block block = leaves == Leaves.PROVEN ? blocks.getStored(cid) : blocks.get(cid);
        bytes.add(block.size());
        return block;
    }

    private void meetRoots() throws IOException {
        while (!rootsEnded && named.isEmpty() && backlog.isShort()) {
            Optional<Place> root = roots.next();
            if (root.isPresent() && seen.add(root.get().cid())) {
                queue(root.get(), Optional.empty());
            }
            rootsEnded = root.isEmpty();
        }
    }

    private void queue(Place place, Optional<Cid> before) throws IOException {
        if (leaves == Leaves.PROVEN || !blocks.isLeaf(place.cid())) {
            backlog.add(place.cid(), new Task.Node(place, before));
        } else if (leaves == Leaves.NAMED) {
            named.add(place);
        }
    }

    private Visit visit(Task.Node node, Backlog.Come<Task> come) throws IOException {
        List<Link> links;
        long size;
        try {
            Block block = come.block();
            Long unread = leafSizes.remove(block.cid());
            links = unread == null ? BlockLinks.of(block) : List.of();
            size = unread == null ? block.size() : unread;
        } catch (IOException e) {
            return new Visit(node.place, 0, Optional.of(e));
        }
        if (node.before.isPresent() && !links.isEmpty()) {
            backlog.add(node.before.get(), new Task.Before(node.place, links));
        } else {
            for (Place place : meetAll(node.place, links)) {
                queue(place, Optional.empty());
            }
        }
        return new Visit(node.place, size, Optional.empty());
    }

    /** The places of the links that were not met before. */
    private List<Place> meetAll(Place above, List<Link> links) throws IOException {
        List<Place> met = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            if (seen.add(links.get(i).cid())) {
                met.add(above.below(links.get(i), i));
            }
        }
        return met;
    }

    /** Without the other block, everything is visited. */
    private void meetChanged(Task.Before before, Backlog.Come<Task> come) throws IOException {
        List<Link> old = linksOf(come);
        Map<String, Deque<Cid>> gone = gone(old, before.links);
        for (Link link : old) {
            seen.add(link.cid());
        }
        for (Place place : meetAll(before.place, before.links)) {
            Deque<Cid> there = gone.getOrDefault(place.name(), new ArrayDeque<>());
            queue(place, Optional.ofNullable(there.poll()));
        }
    }

    private static List<Link> linksOf(Backlog.Come<Task> come) {
        try {
            return BlockLinks.of(come.block());
        } catch (IOException _) {
            return List.of();
        }
    }

    /** What is no longer linked to and may have been replaced: by the links' names, in turn. */
    private static Map<String, Deque<Cid>> gone(List<Link> old, List<Link> links) {
        Set<Cid> kept = links.stream().map(Link::cid).collect(Collectors.toSet());
        Map<String, Deque<Cid>> gone = new HashMap<>();
        for (Link link : old) {
            if (!kept.contains(link.cid()) && !BlockLinks.hasNone(link.cid().codec())) {
                gone.computeIfAbsent(link.name(), any -> new ArrayDeque<>()).add(link.cid());
            }
        }
        return gone;
    }
}
