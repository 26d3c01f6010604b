package org.s3ds.node.upkeep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.ListedBlock;

/**
 * Listed blocks with what came of reading them, in the sequence of the listing, many read at once. Belongs to one
 * thread; that thread closes it.
 */
final class ReadAhead implements AutoCloseable {
    /** So many blocks are read at once, and so many bytes of them are in memory, but for a single larger one. */
    private static final int MOST = 32;

    private static final long MOST_BYTES = 32L << 20;

    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("s3ds-verify-", 0).factory();

    private final Blockstore blocks;
    private final BlockKeys keys;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private @Nullable Turn held;
    private long bytes;

    ReadAhead(Blockstore blocks, BlockKeys keys) {
        this.blocks = blocks;
        this.keys = keys;
    }

    /** A block that is being read. */
    static final class Turn {
        private final Cid cid;
        private final long size;
        private final FutureTask<Outcome> task;
        private final Thread thread;

        private Turn(Blockstore blocks, ListedBlock listed) {
            this.cid = Cid.v1(Multicodec.RAW, listed.hash());
            this.size = listed.size().orElse(0);
            this.task = new FutureTask<>(() -> Outcome.of(blocks, cid));
            this.thread = THREADS.newThread(task);
        }

        Cid cid() {
            return cid;
        }

        long size() {
            return size;
        }

        /** What came of it; waits for it. */
        Outcome outcome() throws IOException {
            try {
                return task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException io = new InterruptedIOException("interrupted while blocks were being read");
                io.initCause(e);
                throw io;
            } catch (ExecutionException e) {
                throw new IllegalStateException("block " + cid + " could not be looked at", e.getCause());
            }
        }
    }

    /** The next block, which may still be being read; empty at the end of the listing. */
    Optional<Turn> next() throws IOException {
        fill();
        Turn turn = turns.poll();
        if (turn != null) {
            bytes -= turn.size;
        }
        return Optional.ofNullable(turn);
    }

    /** Whether one of the blocks behind this one can be read. */
    boolean anyGoodAhead() throws IOException {
        for (Turn turn : turns) {
            if (turn.outcome() instanceof Outcome.Good) {
                return true;
            }
        }
        return false;
    }

    private void fill() throws IOException {
        while (turns.size() < MOST) {
            Turn turn = held == null ? listed() : held;
            held = turn;
            if (turn == null || (!turns.isEmpty() && bytes + turn.size > MOST_BYTES)) {
                return;
            }
            held = null;
            bytes += turn.size;
            turns.add(turn);
            turn.thread.start();
        }
    }

    private @Nullable Turn listed() throws IOException {
        return keys.next().map(listed -> new Turn(blocks, listed)).orElse(null);
    }

    /** Cancels what is being read and waits for it to end: nobody asks the store after its close. */
    @Override
    public void close() {
        turns.forEach(turn -> turn.task.cancel(true));
        try {
            for (Turn turn : turns) {
                turn.thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
