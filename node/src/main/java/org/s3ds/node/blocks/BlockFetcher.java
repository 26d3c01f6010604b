package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;

/**
 * Reads the blocks of a DAG in preorder, fetching ahead on virtual threads. Belongs to one thread; that thread closes
 * it.
 *
 * <ul>
 *   <li>Only what the {@link Walk} asks for, or says it is going to ask for, is fetched, and each once: a CID that is
 *       asked for again while its block is still in the window shares the fetch.
 *   <li>What fails to come fails at its turn: the blocks before it are given first.
 *   <li>Fetched ahead, nearest first, are siblings, up to {@code blocks} of the window at each level of the DAG and
 *       four times as many in all, and what is below siblings that came before their turn, twice {@code blocks} of it
 *       at most; at no time are more than {@code blocks} requests in flight. So a turn takes no longer where the DAG is
 *       deep.
 *   <li>Nothing is begun ahead while what has come, and what is in flight, would be more than {@code bytes}; what is in
 *       flight counts as the largest block so far, 256 KiB at least. The block whose turn it is always comes.
 * </ul>
 */
public final class BlockFetcher implements AutoCloseable {
    /** What to visit below a block. */
    @FunctionalInterface
    public interface Walk {
        /**
         * The children to visit next, in this order, each with all that is below it before the next one. Called once
         * per block, in preorder, by the thread that calls {@link BlockFetcher#next}.
         */
        List<Cid> children(Block block) throws IOException;

        /**
         * What {@link #children} is going to answer when it is this block's turn, as far as that is known before; what
         * it does not answer then was fetched in vain. Called by the same thread, at most once for each turn. None by
         * default.
         *
         * @param block has come before its turn, and may be nothing that the walk can read
         */
        default List<Cid> ahead(Block block) {
            return List.of();
        }

        /**
         * Whether a block that is among the {@link #children} is still to be visited: one that is not is passed over,
         * and not fetched, if it was not yet. Called by the same thread, any number of times; what is not wanted once
         * is not wanted later. All are by default.
         */
        default boolean wants(Cid cid) {
            return true;
        }
    }

    private static final int GUESSES = 2;
    private static final int LEVELS = 4;

    private final Fetches<Block> fetches;
    private final Walk walk;
    private final Window window;
    private final Deque<Siblings> path = new ArrayDeque<>();

    /** How many blocks are asked for below blocks that have not had their turn. */
    private int guessed;

    /** How many blocks are asked for, and have not had their turn, beside those. */
    private int ahead;

    private boolean closed;

    /**
     * A reader of the DAG below a root. Begins to fetch at the first {@link #next}.
     *
     * @param source may be asked by many threads at once
     */
    public BlockFetcher(BlockSource source, Cid root, Walk walk, Window window) {
        this.fetches = new Fetches<>(source::get, Block::size, window);
        this.walk = walk;
        this.window = window;
        path.push(new Siblings(List.of(root)));
    }

    /**
     * The next block in preorder, after the walk has been asked for its children.
     *
     * @return empty at the end
     * @throws IOException when the block could not be had or the walk refused it; then only close may follow
     * @throws IllegalStateException after close
     */
    public Optional<Block> next() throws IOException {
        if (closed) {
            throw new IllegalStateException("the fetcher is closed");
        }
        dropVisited();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        long ended = fetchAhead();
        Turn turn = path.element().first();
        while (!fetches.awaitChange(turn.fetch, ended)) {
            ended = fetchAhead();
        }
        path.element().asked.remove();
        ahead--;
        fetches.letGo(turn.fetch);
        Block block = turn.fetch.outcome();
        descend(turn, walk.children(block));
        dropVisited();
        fetchAhead();
        return Optional.of(block);
    }

    /** Cancels what is in flight and waits for it to end. */
    @Override
    public void close() {
        closed = true;
        fetches.cancel();
    }

    /** Takes away what is over, so that the last children of a long way down leave nothing behind. */
    private void dropVisited() {
        while (!path.isEmpty() && !hasTurn(path.element())) {
            path.pop();
        }
    }

    private boolean hasTurn(Siblings siblings) {
        while (!siblings.asked.isEmpty() && !walk.wants(siblings.first().cid)) {
            Turn passed = siblings.asked.remove();
            ahead--;
            letGo(passed);
        }
        return !siblings.asked.isEmpty() || hasUnasked(siblings);
    }

    private boolean hasUnasked(Siblings siblings) {
        while (siblings.hasMore() && !walk.wants(siblings.unasked())) {
            siblings.next++;
        }
        return siblings.hasMore();
    }

    /** Makes children the next to visit; what was asked for of them in advance stays asked for. */
    private void descend(Turn turn, List<Cid> children) {
        Siblings below = new Siblings(children);
        Siblings guess = turn.below;
        if (guess != null && guess.isBeginOf(children)) {
            below.take(guess);
            guessed -= guess.asked.size();
            ahead += guess.asked.size();
        } else if (guess != null) {
            askKnown(below);
            forget(guess);
        }
        if (!children.isEmpty()) {
            dropVisited();
            path.push(below);
        }
    }

    private void askKnown(Siblings siblings) {
        while (hasUnasked(siblings) && siblings.asked.size() < window.blocks() && fetches.isAsked(siblings.unasked())) {
            askAhead(siblings);
        }
    }

    private void askAhead(Siblings siblings) {
        siblings.ask(fetches);
        ahead++;
    }

    private void letGo(Turn turn) {
        fetches.letGo(turn.fetch);
        if (turn.below != null) {
            forget(turn.below);
        }
    }

    private void forget(Siblings guess) {
        for (Turn turn : guess.asked) {
            guessed--;
            letGo(turn);
        }
    }

    /**
     * Begins what the window has room for, nearest first: the siblings at hand, then those of their parents.
     *
     * @return how many fetches had ended before it looked; any that end later may have made room for more
     */
    private long fetchAhead() {
        long ended = fetches.ended();
        Siblings nearest = path.peek();
        if (nearest != null && nearest.asked.isEmpty()) {
            askAhead(nearest); // room or not: it is its turn
        }
        for (Siblings siblings : path) {
            if (!lookBelow(siblings) || !ask(siblings)) {
                break;
            }
        }
        return ended;
    }

    /** Begins what is below siblings that have come; false when there is no more room. */
    private boolean lookBelow(Siblings siblings) {
        for (Turn turn : siblings.asked) {
            look(turn);
            if (turn.below != null && !(lookBelow(turn.below) && guess(turn.below))) {
                return false;
            }
        }
        return true;
    }

    private void look(Turn turn) {
        if (!turn.looked && fetches.hasCome(turn.fetch)) {
            turn.looked = true;
            Block block = turn.fetch.answer();
            List<Cid> ahead = block == null ? List.of() : walk.ahead(block);
            if (!ahead.isEmpty()) {
                turn.below = new Siblings(List.copyOf(ahead.subList(0, Math.min(ahead.size(), window.blocks()))));
            }
        }
    }

    private boolean guess(Siblings siblings) {
        while (hasUnasked(siblings)) {
            if (guessed >= GUESSES * window.blocks() || !hasRoomFor(siblings.unasked())) {
                return false;
            }
            siblings.ask(fetches);
            guessed++;
        }
        return true;
    }

    private boolean ask(Siblings siblings) {
        while (hasUnasked(siblings)) {
            if (siblings.asked.size() >= window.blocks()
                    || ahead >= LEVELS * window.blocks()
                    || !hasRoomFor(siblings.unasked())) {
                return false;
            }
            askAhead(siblings);
        }
        return true;
    }

    private boolean hasRoomFor(Cid cid) {
        return fetches.isAsked(cid) || fetches.hasRoom();
    }

    /** A place in the sequence of visits. Touched by the reading thread only. */
    private static final class Turn {
        private final Cid cid;
        private final Fetches.Fetch<Block> fetch;

        /** Whether the walk was asked what is below. */
        private boolean looked;

        private @Nullable Siblings below;

        Turn(Cid cid, Fetches.Fetch<Block> fetch) {
            this.cid = cid;
            this.fetch = fetch;
        }
    }

    /** The children of one block, not yet visited; the first of them are asked for. */
    private static final class Siblings {
        private final List<Cid> cids;
        private final Deque<Turn> asked = new ArrayDeque<>();

        /** The first that is neither asked for nor passed over. */
        private int next;

        Siblings(List<Cid> cids) {
            this.cids = cids;
        }

        boolean hasMore() {
            return next < cids.size();
        }

        Cid unasked() {
            return cids.get(next);
        }

        void ask(Fetches<Block> fetches) {
            Cid cid = cids.get(next++);
            asked.add(new Turn(cid, fetches.ask(cid)));
        }

        Turn first() {
            return asked.element();
        }

        /** Whether what is asked for of these is what others begin with. */
        boolean isBeginOf(List<Cid> others) {
            return next <= others.size() && cids.subList(0, next).equals(others.subList(0, next));
        }

        /** Goes on where others, which these begin with, had come to. */
        void take(Siblings others) {
            asked.addAll(others.asked);
            next = others.next;
        }
    }
}
