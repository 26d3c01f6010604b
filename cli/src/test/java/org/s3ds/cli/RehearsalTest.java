package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal that fails would cost every start a second, and nobody would be told. */
class RehearsalTest {
    @TempDir
    Path directory;

    @Test
    void everyCommandOfTheRehearsalSucceeds() throws Exception {
        Path folder = directory.resolve("rehearsal");
        Rehearsal.main(new String[] {folder.toString()});
        assertTrue(Files.exists(folder.resolve("repo/config")));
    }
}
