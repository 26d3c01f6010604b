package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tries again what failed only because the process has too many files open: others close theirs soon. */
final class FileLimit {
    /** As flatfs: six times, waiting 0.2, 0.4 … 1.0 seconds between them. */
    private static final int ATTEMPTS = 6;

    private static final Duration STEP = Duration.ofMillis(200);

    /** Lets time pass. */
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /** What opens a file. */
    interface Attempt<T> {
        T run() throws IOException;
    }

    private final Pause pause;

    FileLimit(Pause pause) {
        this.pause = pause;
    }

    /** With the time of the machine. */
    static FileLimit system() {
        return new FileLimit(time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    <T> T retried(Attempt<T> attempt) throws IOException {
        for (int failed = 1; failed < ATTEMPTS; failed++) {
            try {
                return attempt.run();
            } catch (FileSystemException e) {
                if (!isLimit(e)) {
                    throw e;
                }
                await(STEP.multipliedBy(failed));
            }
        }
        return attempt.run();
    }

    /** The reason is the system's own text; of the process, or of the whole machine. */
    private static boolean isLimit(FileSystemException e) {
        return String.valueOf(e.getReason()).startsWith("Too many open files");
    }

    private void await(Duration time) throws InterruptedIOException {
        try {
            pause.pause(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while too many files were open");
            io.initCause(e);
            throw io;
        }
    }
}
