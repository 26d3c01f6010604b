package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;

/**
 * Commands that are told to stop in the middle. By SIGTERM, which Java treats as it does Ctrl-C: a process that is
 * started in the background has Ctrl-C ignored.
 */
@Tag("packaged")
class StoppedTest {
    private static final int TERMINATED = 128 + 15;
    private static final long HUGE = 4L << 30;

    @TempDir
    Path directory;

    private Process launch(String... arguments) throws IOException {
        return LauncherProcess.piped(directory, TestRepo.environment(new Cli(directory)), TestRepo.command(arguments));
    }

    @Test
    void aStoppedTryRemovesItsFolder() throws Exception {
        // without a block on the disk: it would take many times longer than we wait to be stored
        try (RandomAccessFile huge =
                new RandomAccessFile(directory.resolve("huge").toFile(), "rw")) {
            huge.setLength(HUGE);
        }
        try (WatchService changes = FileSystems.getDefault().newWatchService()) {
            directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            Process stopped = launch("try", "huge");
            assertTrue(changes.poll(60, TimeUnit.SECONDS) != null, "no folder");
            stopped.destroy();
            assertEquals(TERMINATED, stopped.waitFor());
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("huge")), left.toList());
        }
    }

    @Test
    void aStoppedAddLetsGoOfTheRepoAndWhatItPrintedIsStored() throws Exception {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init").exit());
        Path tree = Files.createDirectory(directory.resolve("tree"));
        for (int i = 0; i < 3_000; i++) {
            Files.writeString(tree.resolve("file" + i), "content " + i);
        }
        Process stopped = launch("add", "-r", "tree");
        List<String> printed;
        try (BufferedReader reader = stopped.inputReader()) {
            String first = reader.readLine();
            // not by the process itself, which would close the stream too
            stopped.toHandle().destroy();
            printed = Stream.concat(Stream.of(first), reader.lines()).toList();
        }
        assertEquals(TERMINATED, stopped.waitFor());
        assertFalse(Files.exists(cli.repo().resolve("repo.lock")));
        String stored = cli.run("refs", "local").out();
        for (String line : printed) {
            Cid cid = Cid.parse(line.split(" ", -1)[1]);
            assertTrue(stored.contains(Cid.v1(Multicodec.RAW, cid.hash()) + "\n"), line);
        }
    }
}
