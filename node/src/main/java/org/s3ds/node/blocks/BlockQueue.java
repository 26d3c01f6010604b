package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;

/**
 * Blocks in the sequence in which they are named, each with what came of reading it; many are read at once, on virtual
 * threads. Belongs to one thread; that thread closes it.
 *
 * @param <T> what is known of a block beside its name
 */
public final class BlockQueue<T> implements AutoCloseable {
    private final Fetches fetches;
    private final Window window;
    private final Names<T> names;
    private final Deque<Turn<T>> asked = new ArrayDeque<>();

    /** A name that there was no room for yet. */
    private @Nullable Named<T> held;

    /**
     * Begins to read at the first {@link #next}.
     *
     * @param source may be asked by many threads at once
     */
    public BlockQueue(BlockSource source, Window window, Names<T> names) {
        this.fetches = new Fetches(source, window);
        this.window = window;
        this.names = names;
    }

    /** A block that is to be read. */
    public record Named<T>(Cid cid, T known) {}

    /** The names of the blocks. */
    @FunctionalInterface
    public interface Names<T> {
        /** The next one; empty at the end. */
        Optional<Named<T>> next() throws IOException;
    }

    /** A block whose reading has ended. */
    public static final class Turn<T> {
        private final Named<T> named;
        private final Fetches.Fetch fetch;

        private Turn(Named<T> named, Fetches.Fetch fetch) {
            this.named = named;
            this.fetch = fetch;
        }

        /** Its name. */
        public Cid cid() {
            return named.cid;
        }

        /** What else is known of it. */
        public T known() {
            return named.known;
        }

        /** The block, or why there is none. */
        public Block block() throws IOException {
            return fetch.outcome();
        }
    }

    /**
     * The next block; waits for it.
     *
     * @return empty at the end
     * @throws IOException when the names cannot be had, or the wait was interrupted: what a block lacks is told by its
     *     turn
     */
    public Optional<Turn<T>> next() throws IOException {
        long ended = askAhead();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Turn<T> first = asked.element();
        while (!fetches.awaitChange(first.fetch, ended)) {
            ended = askAhead();
        }
        fetches.letGo(first.fetch);
        return Optional.of(asked.remove());
    }

    /** Whether one of the blocks that are being read behind this one comes; waits for the first that does. */
    public boolean anyComesAhead() throws IOException {
        for (Turn<T> turn : asked) {
            while (!fetches.awaitChange(turn.fetch, fetches.ended())) {
                // others ended
            }
            if (turn.fetch.block() != null) {
                return true;
            }
        }
        return false;
    }

    private long askAhead() throws IOException {
        long ended = fetches.ended();
        for (Named<T> named = name(); named != null && (asked.isEmpty() || hasRoom()); named = name()) {
            held = null;
            asked.add(new Turn<>(named, fetches.ask(named.cid)));
        }
        return ended;
    }

    private @Nullable Named<T> name() throws IOException {
        if (held == null) {
            held = names.next().orElse(null);
        }
        return held;
    }

    private boolean hasRoom() {
        return asked.size() < window.blocks() && fetches.hasRoom();
    }

    /** Cancels what is being read and waits for it to end. */
    @Override
    public void close() {
        fetches.cancel();
    }
}
