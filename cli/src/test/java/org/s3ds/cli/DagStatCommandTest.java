package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dag stat} counts of DAGs that share blocks; the sums were seen of Kubo 0.43.1. */
class DagStatCommandTest {
    @TempDir
    Path directory;

    @Test
    void whatIsSharedIsCountedOnce() throws Exception {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        Files.createDirectory(directory.resolve("in"));
        Files.writeString(directory.resolve("in/hello.txt"), "hello world");
        Files.writeString(directory.resolve("in/b"), "b");
        String tree = cli.run("add", "-Q", "-r", "in").out().strip();
        String file = cli.run("add", "-Q", "in/hello.txt").out().strip();
        Cli.Result one = cli.run("dag", "stat", "--progress=false", "--encoding=json", tree);
        assertTrue(one.out().contains("\"Ratio\":1,"), one.toString());
        Cli.Result both = cli.run("dag", "stat", "--progress=false", "--encoding=json", tree, file);
        assertTrue(both.out().contains("\"SharedSize\":19,\"Ratio\":1.1"), both.toString());
        assertTrue(both.out().contains("{\"Cid\":\"" + file + "\",\"Size\":19,\"NumBlocks\":1}"), both.toString());
    }
}
