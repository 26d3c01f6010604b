package org.s3ds.node.repo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait for a repo that another process has: {@code IPFS_WAIT_REPO_LOCK}, a span as Go writes it. Unset: not
 * at all; 0 or less: for ever.
 */
final class LockWait {
    private static final String VARIABLE = "IPFS_WAIT_REPO_LOCK";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Time, and the passing of it. */
    interface Clock {
        long nanoTime();

        void pause(Duration time) throws InterruptedException;
    }

    /** The time of the machine. */
    static final Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    };

    private final Map<String, String> environment;
    private final Clock clock;
    private final List<String> warnings;

    /** Warnings are added to the list. */
    LockWait(Map<String, String> environment, Clock clock, List<String> warnings) {
        this.environment = environment;
        this.clock = clock;
        this.warnings = warnings;
    }

    private interface Attempt {
        Optional<RepoLock> tryAcquire(Path repo) throws IOException;
    }

    /** Takes the lock of a repo, trying once a second for as long as is to be waited. */
    RepoLock acquire(Path repo) throws IOException {
        return acquire(repo, RepoLock::tryAcquire);
    }

    /** The same for who may change nothing in the repo. */
    RepoLock acquireToRead(Path repo) throws IOException {
        return acquire(repo, RepoLock::tryAcquireToRead);
    }

    private RepoLock acquire(Path repo, Attempt attempt) throws IOException {
        Optional<Duration> wait = duration();
        long begin = clock.nanoTime();
        while (true) {
            Optional<RepoLock> lock = attempt.tryAcquire(repo);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (wait.isEmpty() || isOver(wait.get(), clock.nanoTime() - begin)) {
                throw new LockedException(
                        "lock " + repo.resolve(RepoLock.FILE) + ": someone else has the lock" + advice(repo));
            }
            pause(repo);
        }
    }

    private static String advice(Path repo) {
        return RepoFiles.exists(repo.resolve("api"))
                ? " (a daemon, as its file api says: \"s3ds shutdown\" stops it)"
                : "";
    }

    private Optional<Duration> duration() {
        String text = environment.get(VARIABLE);
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> wait = GoDuration.parse(text);
        if (wait.isEmpty()) {
            warnings.add(VARIABLE + " is '" + text + "', which is no span of time such as 30s or 5m: not waiting");
        }
        return wait;
    }

    private static boolean isOver(Duration wait, long nanos) {
        return wait.isPositive() && nanos >= wait.toNanos();
    }

    private void pause(Path repo) throws InterruptedIOException {
        try {
            clock.pause(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException io = new InterruptedIOException("interrupted while waiting for the lock of " + repo);
            io.initCause(e);
            throw io;
        }
    }
}
