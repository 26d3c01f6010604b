package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As above it; and Kubo's libraries have the repo in between ({@code -Ds3ds.go-reader=PROGRAM}). */
@Tag("foreign")
class ForeignIndexTest extends IndexOfRepoTest {
    @Test
    void isLoadedAnewWhenAnotherProgramHadTheRepo() throws Exception {
        run("index", "rebuild");
        assertState("complete");
        Path file = Files.writeString(cli().repo().resolveSibling("other"), "of another program");
        ForeignEraTest.goReader("write", cli().repo(), file.toString(), "name");
        assertState("loading");
        assertEquals("the index knows 5 blocks of 100343 bytes\n", run("index", "rebuild"));
        assertState("complete");
    }
}
