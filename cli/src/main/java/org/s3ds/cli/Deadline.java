package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.s3ds.node.repo.GoDuration;

/** The time that {@code --timeout} gives a command: when it is over, the command is interrupted. */
final class Deadline {
    private final Thread worker = Thread.currentThread();

    /** Guards the two below, so that nobody is interrupted after the end. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean over;
    private boolean ended;

    private Deadline() {}

    /**
     * Runs an action.
     *
     * @param timeout a duration as Go writes it, such as {@code 1m30s}
     * @throws IOException what the action throws, or that the time was over
     */
    static void run(String timeout, Action action) throws IOException {
        Duration duration = GoDuration.parse(timeout)
                .filter(time -> !time.isNegative())
                .orElseThrow(() -> UsageException.withoutUsage("time: invalid duration \"" + timeout + "\""));
        new Deadline().run(duration, action);
    }

    private void run(Duration duration, Action action) throws IOException {
        Thread watch = Thread.ofVirtual().name("timeout").start(() -> interruptAfter(duration));
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            if (end()) {
                throw new IOException("context deadline exceeded", e);
            }
            throw e;
        } finally {
            end();
            watch.interrupt();
        }
    }

    /** Runs on the watch's own thread. */
    private void interruptAfter(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            return; // the action was faster
        }
        lock.lock();
        try {
            over = !ended;
            if (over) {
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From here on nobody is interrupted. Answers whether the time was over before. */
    private boolean end() {
        lock.lock();
        try {
            ended = true;
            if (over) {
                Thread.interrupted();
            }
            return over;
        } finally {
            lock.unlock();
        }
    }
}
