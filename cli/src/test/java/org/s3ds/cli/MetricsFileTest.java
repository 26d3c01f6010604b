package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of the counts with {@code --metrics}. */
class MetricsFileTest {
    private static final String PUTS = "s3ds_requests_total{operation=\"put\"";

    @TempDir
    private Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void makeRepo() {
        cli = new Cli(directory);
        assertEquals(0, cli.run("init").exit());
    }

    private List<String> counted() throws Exception {
        return Files.readAllLines(directory.resolve("counts.prom"));
    }

    @Test
    void theFileHoldsWhatTheCommandCounted() throws Exception {
        Cli.Result put =
                cli.pipe("a block".getBytes(StandardCharsets.UTF_8), "--metrics", "counts.prom", "block", "put");
        assertEquals(0, put.exit(), put.err());
        assertTrue(
                counted().stream().anyMatch(line -> line.startsWith(PUTS) && line.endsWith(" 1")),
                counted().toString());
        assertEquals(
                0,
                cli.run("block", "get", put.out().strip(), "--metrics=counts.prom")
                        .exit());
        assertTrue(
                counted().stream().noneMatch(line -> line.startsWith(PUTS) && line.endsWith(" 1")),
                "the file is of the last command");
        assertFalse(Files.exists(directory.resolve("counts.prom.new")));
    }

    @Test
    void aFailedCommandWritesItToo() throws Exception {
        String missing = "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN";
        assertEquals(1, cli.run("--metrics", "counts.prom", "cat", missing).exit());
        assertTrue(
                counted().stream().anyMatch(line -> line.contains("operation=\"get\"")),
                counted().toString());
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailure() {
        Cli.Result result = cli.run("--metrics", "no-such-folder/counts.prom", "refs", "local");
        assertEquals(1, result.exit());
        assertTrue(result.firstErrorLine().contains("no-such-folder/counts.prom"), result.err());
    }
}
