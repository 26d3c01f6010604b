package org.s3ds.node.gc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.BlockQuery;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.ListedBlock;

/**
 * The blocks that a plan lets go, a batch at a time, listed and judged on a thread of its own, ahead of whoever removes
 * them. A reader that is slow stops the listing. Belongs to one thread; that thread closes it.
 */
final class Candidates implements AutoCloseable {
    /** What a bulk delete of S3 takes. */
    static final int BATCH = 1000;

    private static final int BATCHES_AHEAD = 4;

    private final Blockstore blocks;
    private final SweepPlan plan;
    private final GarbageCollector.Listener listener;
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong inUse = new AtomicLong();
    private final AtomicLong young = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private final Thread thread;

    private sealed interface Step {
        /** Some more. */
        record Batch(List<ListedBlock> blocks) implements Step {}

        /** The end, or what came before it. */
        record End(Optional<Throwable> failure) implements Step {}
    }

    /** Begins to list. */
    Candidates(Blockstore blocks, SweepPlan plan, GarbageCollector.Listener listener) {
        this.blocks = blocks;
        this.plan = plan;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("s3ds-sweep").start(this::run);
    }

    /**
     * The next batch.
     *
     * @return empty when the listing is at its end
     * @throws IOException when it cannot go on; what came so far may go all the same
     */
    Optional<List<ListedBlock>> next() throws IOException {
        try {
            return switch (steps.take()) {
                case Step.Batch batch -> Optional.of(batch.blocks);
                case Step.End end -> ended(end);
            };
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Optional<List<ListedBlock>> ended(Step.End end) throws IOException {
        if (end.failure.isEmpty()) {
            return Optional.empty();
        }
        switch (end.failure.get()) {
            case IOException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Blocks that were listed so far. */
    long listed() {
        return listed.get();
    }

    /** The sum of their sizes. */
    long bytes() {
        return bytes.get();
    }

    /** Of those blocks, the ones that stay as they are in use, and no root keeps them. */
    long inUse() {
        return inUse.get();
    }

    /** Of those blocks, the ones that stay for their age alone. */
    long young() {
        return young.get();
    }

    /** Names so far that are no blocks. */
    long foreign() {
        return foreign.get();
    }

    private void run() {
        try {
            list();
            steps.put(new Step.End(Optional.empty()));
        } catch (InterruptedException _) {
            // closed: nobody waits for more
        } catch (IOException | RuntimeException | Error e) {
            end(e);
        }
    }

    private void end(Throwable failure) {
        try {
            steps.put(new Step.End(Optional.of(failure)));
        } catch (InterruptedException _) {
            // closed: nobody wants to know
        }
    }

    private void list() throws IOException, InterruptedException {
        BlockQuery query = BlockQuery.ALL.withSizes();
        List<ListedBlock> batch = new ArrayList<>(BATCH);
        try (BlockKeys keys = blocks.multihashes(plan.putBefore().isPresent() ? query.withTimes() : query)) {
            for (Optional<ListedBlock> block = keys.next(); block.isPresent(); block = keys.next()) {
                foreign.set(keys.skipped());
                bytes.addAndGet(block.get().size().orElse(0));
                listener.listed(listed.incrementAndGet());
                if (goes(block.get())) {
                    batch.add(block.get());
                }
                if (batch.size() == BATCH) {
                    steps.put(new Step.Batch(List.copyOf(batch)));
                    batch.clear();
                }
            }
            foreign.set(keys.skipped());
        }
        if (!batch.isEmpty()) {
            steps.put(new Step.Batch(List.copyOf(batch)));
        }
    }

    private boolean goes(ListedBlock block) throws IOException {
        return switch (plan.of(block)) {
            case GOES -> true;
            case KEPT -> false;
            case IN_USE -> {
                inUse.incrementAndGet();
                yield false;
            }
            case YOUNG -> {
                young.incrementAndGet();
                yield false;
            }
        };
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException("interrupted");
        io.initCause(cause);
        return io;
    }

    /** Ends the listing, and waits until nobody looks at the plan any more. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        thread.interrupt();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
