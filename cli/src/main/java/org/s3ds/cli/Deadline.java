package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.s3ds.node.repo.GoDuration;

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
        Duration duration = duration(timeout);
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
            end(watch);
        }
    }

    /** On return the watch interrupts nobody any more, and its interrupt, if there was one, is used up. */
    private static void end(Thread watch) {
        watch.interrupt();
        Thread.interrupted();
        try {
            watch.join();
        } catch (InterruptedException e) {
            // the watch's last deed
        }
        Thread.interrupted();
    }

    private static Duration duration(String text) throws UsageException {
        return GoDuration.parse(text)
                .filter(duration -> !duration.isNegative())
                .orElseThrow(() -> new UsageException(
                        "invalid duration \"%s\": it is a number with a unit, such as 30s, 5m or 1h30m"
                                .formatted(text)));
    }
}
