package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As above it; and Kubo's libraries have the repo in between ({@code -Ds3ds.go-reader=PROGRAM}). */
@Tag("foreign")
class ForeignEraTest extends EraOfRepoTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWritesInBetweenEndsTheEra(boolean killed) throws Exception {
        String first = session();
        if (killed) {
            kill();
        }
        Path file = Files.writeString(cli().repo().resolveSibling("file"), "of another program");
        goReader("write", cli().repo(), file.toString(), "name");
        String second = session();
        assertNotEquals(first, second);
        assertEquals(second, session());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void soDoesWhoOnlyLooks(boolean killed) throws Exception {
        String first = session();
        if (killed) {
            kill();
        }
        goReader("tree", cli().repo());
        assertNotEquals(first, session());
    }

    /** Runs it on a repo; it must succeed. */
    static void goReader(String verb, Path repo, String... words) throws Exception {
        String program = System.getProperty("s3ds.go-reader");
        assertNotNull(program, "-Ds3ds.go-reader=PROGRAM is needed");
        List<String> command = new ArrayList<>(List.of(program, verb, repo.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
    }
}
