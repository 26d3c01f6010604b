package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The time that {@code --timeout} gives a command: when it is over, the command is interrupted. */
final class Deadline {
    private Deadline() {}

    /**
     * Runs an action.
     *
     * @param timeout a duration as Go writes it, such as {@code 1m30s}; empty for no end
     * @throws IOException what the action throws, or that the time was over
     */
    static void run(String timeout, Action action) throws IOException {
        if (timeout.isEmpty()) {
            action.run();
            return;
        }
        Duration duration = GoDuration.parse(timeout);
        Thread worker = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        Thread watch = Thread.ofVirtual().name("timeout").start(() -> {
            try {
                Thread.sleep(duration);
                over.set(true);
                worker.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            if (over.get()) {
                throw new IOException("context deadline exceeded", e);
            }
            throw e;
        } finally {
            watch.interrupt();
            Thread.interrupted();
        }
    }
}
