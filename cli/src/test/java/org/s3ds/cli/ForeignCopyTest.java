package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kubo's libraries read what was copied ({@code -Ds3ds.go-reader=PROGRAM}): a CAR, and the folder of a repo. */
@Tag("foreign")
final class ForeignCopyTest {
    @TempDir
    Path directory;

    @Test
    void aCarAndAFolderHaveAllBlocks() throws Exception {
        Cli cli = new Cli(directory);
        KuboFixture.load("kubo-flatfs").unpack(cli.repo());
        Path blocks = cli.repo().resolve("blocks");
        String tree = goReader("tree", cli.repo().toString());
        assertEquals(0, cli.run("copy", blocks.toString(), "all.car").exit());
        assertEquals(
                count(blocks),
                goReader("list-car", directory.resolve("all.car").toString())
                        .lines()
                        .filter(line -> line.startsWith("block "))
                        .count());
        Files.move(blocks, directory.resolve("old"));
        assertEquals(0, cli.run("copy", "all.car", blocks.toString()).exit());
        assertEquals(count(directory.resolve("old")), count(blocks));
        assertEquals(tree, goReader("tree", cli.repo().toString()));
    }

    private static long count(Path blocks) throws Exception {
        try (Stream<Path> files = Files.walk(blocks)) {
            return files.filter(file -> file.toString().endsWith(".data")).count();
        }
    }

    private static String goReader(String verb, String argument) throws Exception {
        String program = System.getProperty("s3ds.go-reader");
        assertNotNull(program, "-Ds3ds.go-reader=PROGRAM is needed");
        Process process = new ProcessBuilder(List.of(program, verb, argument))
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }
}
