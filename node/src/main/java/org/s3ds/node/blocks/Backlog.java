package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;

/**
 * Blocks that are still to be read, each with what the reader means to do with it. What was added last is read first,
 * so that little is waiting in a walk that goes deep; many are fetched at once, on virtual threads. Belongs to one
 * thread; that thread closes it.
 *
 * @param <T> what is to be done with a block
 */
final class Backlog<T> implements AutoCloseable {
    /** Blocks come out of turn; of those, and those in flight, so many windows at most. */
    private static final int WINDOWS = 2;

    private final Fetches<Block> fetches;
    private final Window window;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private final Deque<Come<T>> asked = new ArrayDeque<>();

    Backlog(BlockSource source, Window window) {
        this.fetches = new Fetches<>(source::get, Block::size, window);
        this.window = window;
    }

    private record Waiting<T>(Cid cid, T task) {}

    /**
     * A block that was asked for.
     *
     * @param task as it was added
     * @param fetch how it ended
     */
    record Come<T>(T task, Fetches.Fetch<Block> fetch) {
        /** The block, or why there is none. */
        Block block() throws IOException {
            return fetch.outcome();
        }
    }

    void add(Cid cid, T task) {
        waiting.push(new Waiting<>(cid, task));
    }

    /** Whether more could be fetched than is waiting. */
    boolean isShort() {
        return waiting.size() < window.blocks();
    }

    /**
     * The next block, or its failure.
     *
     * @return empty when nothing is left
     * @throws IOException when the wait was interrupted
     */
    Optional<Come<T>> next() throws IOException {
        long ended = askAhead();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Fetches.Fetch<Block> first = asked.element().fetch;
        while (!fetches.awaitChange(first, ended)) {
            ended = askAhead();
        }
        fetches.letGo(first);
        return Optional.of(asked.remove());
    }

    private long askAhead() {
        long ended = fetches.ended();
        while (!waiting.isEmpty() && (asked.isEmpty() || hasRoom())) {
            Waiting<T> next = waiting.pop();
            asked.add(new Come<>(next.task, fetches.ask(next.cid)));
        }
        return ended;
    }

    private boolean hasRoom() {
        return asked.size() < WINDOWS * window.blocks() && fetches.hasRoom();
    }

    /** Cancels what is in flight and waits for it to end. */
    @Override
    public void close() {
        fetches.cancel();
    }
}
