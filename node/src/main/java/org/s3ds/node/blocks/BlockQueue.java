package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;

/**
 * Blocks in the sequence in which they are named, each with what came of a question about it; many are asked about at
 * once, on virtual threads. Belongs to one thread; that thread closes it.
 *
 * @param <T> what is known of a block beside its name
 * @param <R> the answer
 */
public final class BlockQueue<T, R> implements AutoCloseable {
    private final Fetches<R> fetches;
    private final Window window;
    private final Names<T> names;
    private final Deque<Turn<T, R>> asked = new ArrayDeque<>();

    /** A name that there was no room for yet. */
    private @Nullable Named<T> held;

    /**
     * Begins to ask at the first {@link #next}.
     *
     * @param size how many bytes of memory an answer takes, or took while it was found
     */
    public BlockQueue(BlockQuestion<R> question, ToLongFunction<R> size, Window window, Names<T> names) {
        this.fetches = new Fetches<>(question, size, window);
        this.window = window;
        this.names = names;
    }

    /** A block that is asked about. */
    public record Named<T>(Cid cid, T known) {}

    /** The names of the blocks. */
    @FunctionalInterface
    public interface Names<T> {
        /** The next one; empty at the end, or when none is to be asked about before those ahead have had their turn. */
        Optional<Named<T>> next() throws IOException;
    }

    /** A block about which there is an answer. */
    public static final class Turn<T, R> {
        private final Named<T> named;
        private final Fetches.Fetch<R> fetch;

        private Turn(Named<T> named, Fetches.Fetch<R> fetch) {
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

        /** The answer, or why there is none. */
        public R answer() throws IOException {
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
    public Optional<Turn<T, R>> next() throws IOException {
        long ended = askAhead();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Turn<T, R> first = asked.element();
        while (!fetches.awaitChange(first.fetch, ended)) {
            ended = askAhead();
        }
        fetches.letGo(first.fetch);
        return Optional.of(asked.remove());
    }

    /** Whether there is an answer about one of the blocks behind this one; waits for the first. */
    public boolean anyComesAhead() throws IOException {
        for (Turn<T, R> turn : asked) {
            while (!fetches.awaitChange(turn.fetch, fetches.ended())) {
                // others ended
            }
            if (turn.fetch.answer() != null) {
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

    /** Cancels what is being asked and waits for it to end. */
    @Override
    public void close() {
        fetches.cancel();
    }
}
