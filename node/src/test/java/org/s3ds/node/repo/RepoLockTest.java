package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepoLockTest {
    @TempDir
    private Path repo;

    @Test
    void theFileIsEmptyWhileHeldAndGoneAfter() throws Exception {
        try (RepoLock _ = RepoLock.tryAcquire(repo).orElseThrow()) {
            assertEquals(0, Files.size(file()));
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void aFileLeftByACrashIsNoHindrance() throws Exception {
        Files.createFile(file());
        RepoLock lock = RepoLock.tryAcquire(repo).orElseThrow();
        lock.close();
        lock.close();
        assertFalse(Files.exists(file()));
    }

    @Test
    void aFileWithContentIsRefusedAsKuboDoes() throws Exception {
        Files.writeString(file(), "123");
        assertRefused("cannot acquire lock: can't Lock file \"" + file().toRealPath() + "\": has non-zero size");
        assertEquals("123", Files.readString(file()));
    }

    @Test
    void oneProcessLocksOnce() throws Exception {
        try (RepoLock _ = RepoLock.tryAcquire(repo).orElseThrow()) {
            assertRefused("lock " + file() + ": lock is already held by us");
            // the refusal must not have dropped the lock, as closing a second descriptor would
            LockHolder.start(file(), "refused").waitFor();
        }
        RepoLock.tryAcquire(repo).orElseThrow().close();
    }

    @Test
    void anotherProcessKeepsUsOut() throws Exception {
        Process other = LockHolder.start(file(), "locked");
        try {
            assertTrue(RepoLock.tryAcquire(repo).isEmpty());
            RepoException e = assertThrows(RepoException.class, () -> wait(Map.of(), new FakeClock()));
            assertEquals("lock " + file() + ": someone else has the lock", e.getMessage());
        } finally {
            LockHolder.end(other);
        }
        RepoLock.tryAcquire(repo).orElseThrow().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10s", "0", "-1s"})
    void waitingEndsWhenTheOtherDoes(String wait) throws Exception {
        Process other = LockHolder.start(file(), "locked");
        FakeClock clock = new FakeClock();
        clock.onPause(3, () -> LockHolder.end(other));

        wait(Map.of("IPFS_WAIT_REPO_LOCK", wait), clock).close();

        assertEquals(3, clock.pauses);
    }

    @Test
    void waitingEndsWhenTimeIsUp() throws Exception {
        Process other = LockHolder.start(file(), "locked");
        try {
            FakeClock clock = new FakeClock();
            assertThrows(RepoException.class, () -> wait(Map.of("IPFS_WAIT_REPO_LOCK", "2500ms"), clock));
            assertEquals(3, clock.pauses);
        } finally {
            LockHolder.end(other);
        }
    }

    @Test
    void aWaitThatIsNoSpanOfTimeIsSaidAndNotWaited() throws Exception {
        List<String> warnings = new ArrayList<>();
        Map<String, String> environment = Map.of("IPFS_WAIT_REPO_LOCK", "soon");
        new LockWait(environment, new FakeClock(), warnings).acquire(repo).close();
        assertEquals(
                List.of("IPFS_WAIT_REPO_LOCK is 'soon', which is no span of time such as 30s or 5m: not waiting"),
                warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "1h30m,PT1H30M",
        "1.5s,PT1.5S",
        "-2m,PT-2M",
        "0,PT0S",
        "+.5h,PT30M",
        "3us,PT0.000003S",
        "1µs,PT0.000001S",
        "2ns,PT0.000000002S"
    })
    void spansOfTimeAreGos(String text, Duration expected) {
        assertEquals(expected, GoDuration.parse(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1d", "1 s", "h1", "999999999h"})
    void allElseIsNone(String text) {
        assertTrue(GoDuration.parse(text).isEmpty());
    }

    private Path file() {
        return repo.resolve("repo.lock");
    }

    private void assertRefused(String message) {
        assertEquals(
                message,
                assertThrows(RepoException.class, () -> RepoLock.tryAcquire(repo))
                        .getMessage());
    }

    private RepoLock wait(Map<String, String> environment, LockWait.Clock clock) throws IOException {
        return new LockWait(environment, clock, new ArrayList<>()).acquire(repo);
    }

    /** Time passes only in pauses. */
    private static final class FakeClock implements LockWait.Clock {
        private interface Event {
            void run() throws IOException, InterruptedException;
        }

        private long nanos;
        private int pauses;
        private int at;
        private Event event = () -> {};

        void onPause(int number, Event then) {
            at = number;
            event = then;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            nanos += time.toNanos();
            if (++pauses == at) {
                try {
                    event.run();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
