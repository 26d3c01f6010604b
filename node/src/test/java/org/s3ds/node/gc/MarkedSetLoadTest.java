package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More names than memory holds: each test is a Java of its own. */
class MarkedSetLoadTest {
    @TempDir
    Path directory;

    private String run(int exit, String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output);
        assertEquals(exit, process.waitFor(), output);
        try (var left = Files.list(directory)) {
            assertFalse(left.findAny().isPresent(), "a file is left");
        }
        return output;
    }

    @Test
    @Timeout(120)
    void twoMillionNamesFitInto10MiB() throws Exception {
        run(0, MarkedSetLoad.command(directory, "10m", 2_000_000, 5L << 18));
    }

    /** A fifth of what must do for 100,000,000. */
    @Test
    @Tag("foreign") // not because it needs others, but because it takes half a minute
    @Timeout(600)
    void twentyMillionNamesFitInto102MiB() throws Exception {
        run(0, MarkedSetLoad.command(directory, "102m", 20_000_000, 25L << 19));
    }

    /** A limit to the size of files stands for the disk. */
    @Test
    @Timeout(120)
    void aFullDiskIsAnError() throws Exception {
        String output = run(1, "ulimit -f 8000; exec " + MarkedSetLoad.command(directory, "32m", 1_000_000, 1 << 20));
        assertTrue(output.contains("IOException: cannot write " + directory.resolve("load-")), output);
        assertTrue(output.contains(": File too large"), output);
    }
}
