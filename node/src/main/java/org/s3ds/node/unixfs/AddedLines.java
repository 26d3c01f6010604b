package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.s3ds.node.blocks.Receipt;

/**
 * Tells a listener what was added, in the order it was put in, each once the blocks before its receipt are stored. It
 * waits on a thread of its own, so that the next file is read meanwhile; a bounded number may wait.
 */
final class AddedLines implements AutoCloseable {
    private static final int MOST_WAITING = 4096;

    private final AddListener listener;
    private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread thread;

    AddedLines(AddListener listener) {
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("s3ds-added").start(this::run);
    }

    private sealed interface Line {}

    private record Stored(Added added, Receipt receipt) implements Line {}

    private record End() implements Line {}

    /** Puts one in; waits while too many do. Fails when an earlier one could not be stored or told. */
    void put(Added added, Receipt receipt) throws IOException {
        offer(new Stored(added, receipt));
    }

    /** Waits until everything put in was told. Nothing may be put in after. */
    void finish() throws IOException {
        offer(new End());
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
    }

    /** Gives up what was not told yet. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(Line line) throws IOException {
        try {
            while (!waiting.offer(line, 100, TimeUnit.MILLISECONDS)) {
                throwFailure();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
    }

    private void throwFailure() throws IOException {
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void run() {
        try {
            while (waiting.take() instanceof Stored line) {
                line.receipt.await();
                listener.added(line.added);
            }
        } catch (IOException e) {
            failure.set(e);
        } catch (RuntimeException | Error e) {
            failure.set(new IOException("could not tell what was added: " + e, e));
        } catch (InterruptedException e) {
            failure.set(interrupted(e));
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException io = new InterruptedIOException("interrupted while blocks were being stored");
        io.initCause(e);
        return io;
    }
}
