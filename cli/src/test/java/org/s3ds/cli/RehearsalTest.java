package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal that fails would cost every start a second, and nobody would be told. */
class RehearsalTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"commands", "daemon"})
    void everyCommandOfTheRehearsalSucceeds(String what) throws Exception {
        Path folder = directory.resolve("rehearsal");
        Rehearsal.main(new String[] {what, folder.toString()});
        assertTrue(Files.exists(folder.resolve("repo/config")));
    }
}
