package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileLimitTest {
    private final FileSystemException full = new FileSystemException("f", null, "Too many open files");

    private final List<Long> pauses = new ArrayList<>();
    private final FileLimit limit = new FileLimit(time -> pauses.add(time.toMillis()));
    private int attempts;

    @Test
    void tooManyOpenFilesAreWaitedFor() throws IOException {
        assertEquals("done", limit.retried(() -> failing(3, full)));
        assertEquals(List.of(200L, 400L, 600L), pauses);
    }

    @Test
    void sixAttemptsAreEnough() {
        assertSame(full, assertThrows(FileSystemException.class, () -> limit.retried(() -> failing(100, full))));
        assertEquals(6, attempts);
        assertEquals(
                Duration.ofSeconds(3).toMillis(),
                pauses.stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void anyOtherFailureIsOneAtOnce() {
        FileSystemException other = new FileSystemException("f", null, "No space left on device");
        assertSame(other, assertThrows(FileSystemException.class, () -> limit.retried(() -> failing(100, other))));
        assertEquals(1, attempts);
    }

    @Test
    void anInterruptEndsTheWait() {
        FileLimit interrupted = new FileLimit(time -> {
            throw new InterruptedException();
        });
        assertThrows(InterruptedIOException.class, () -> interrupted.retried(() -> failing(1, full)));
        assertTrue(Thread.interrupted());
    }

    private String failing(int times, IOException failure) throws IOException {
        attempts++;
        if (attempts <= times) {
            throw failure;
        }
        return "done";
    }
}
