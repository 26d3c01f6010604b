package org.s3ds.node.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00.125Z"));

    @TempDir
    private Path folder;

    @Test
    void aStepIsALineThatPeopleCanRead() throws Exception {
        open().append("begun", Map.of("from", "flatfs blocks"));

        assertEquals(
                "{\"version\":1,\"time\":\"2026-11-26T12:00:00.125Z\",\"step\":\"begun\",\"from\":\"flatfs blocks\"}\n",
                Files.readString(file()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        Journal journal = open();
        journal.append("begun", Map.of());
        journal.append("pass", Map.of("copied", 3L));
        journal.append("pass", Map.of("copied", 4L));

        assertEquals(List.of("begun", "pass", "pass"), steps());
        assertEquals(4, open().last("pass").orElseThrow().number("copied"));
        assertTrue(open().last("switched").isEmpty());
    }

    @Test
    void aLineThatWasCutCountsForNothing() throws Exception {
        open().append("begun", Map.of("place", "Zürich"));
        Files.writeString(file(), "{\"version\":1,\"ti", StandardOpenOption.APPEND);
        assertEquals(List.of("begun"), steps());

        open().append("pass", Map.of());
        assertEquals(List.of("begun", "pass"), steps());
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        Files.writeString(file(), "{\"version\":2,\"step\":\"begun\"}\n");
        IOException e = assertThrows(IOException.class, this::open);
        assertEquals(
                file()
                        + " was written by another s3ds: its version is 2, and this s3ds knows version 1; go on with that one",
                e.getMessage());
    }

    @Test
    void whatIsNoStepIsTold() throws Exception {
        Files.writeString(file(), "{\"version\":1}\n");
        assertEquals(
                file() + " has a line that is no step of a migration: {\"version\":1}",
                assertThrows(IOException.class, this::open).getMessage());
    }

    private List<String> steps() throws IOException {
        return open().entries().stream().map(Journal.Entry::step).toList();
    }

    private Journal open() throws IOException {
        return Journal.open(folder, NOON);
    }

    private Path file() {
        return folder.resolve("journal");
    }
}
