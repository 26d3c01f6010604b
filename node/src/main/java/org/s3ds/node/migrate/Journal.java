package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Json;

/**
 * What was done, a line of JSON for each step, in a file that only grows and that people can read. A step is on the
 * disk when {@link #append} returns. A line that was cut short by a kill counts for nothing, and goes with the next
 * append. It holds no secrets. Belongs to one thread.
 */
final class Journal {
    static final String FILE = "journal";
    private static final long VERSION = 1;
    private static final String MODE = "rw-------";

    private final Path file;
    private final InstantSource now;
    private final List<Entry> entries = new ArrayList<>();
    private long length;

    /**
     * A step that was done.
     *
     * @param step what it is called
     * @param fields all that stands in the line
     */
    record Entry(String step, Map<?, ?> fields) {
        /** A number of it; 0 when there is none. */
        long number(String name) {
            return fields.get(name) instanceof Long number ? number : 0;
        }

        /** Whether a flag of it is set. */
        boolean isSet(String name) {
            return Boolean.TRUE.equals(fields.get(name));
        }

        /** A text of it; nothing when there is none. */
        String text(String name) {
            return fields.get(name) instanceof String text ? text : "";
        }
    }

    private Journal(Path file, InstantSource now) {
        this.file = file;
        this.now = now;
    }

    /**
     * Reads the journal of a folder, which need not have one yet.
     *
     * @throws IOException when it cannot be read, or is of a version that this program does not know
     */
    static Journal open(Path folder, InstantSource now) throws IOException {
        Journal journal = new Journal(folder.resolve(FILE), now);
        if (Files.exists(journal.file)) {
            journal.read();
        }
        return journal;
    }

    /** All steps so far. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The last step of a kind. */
    Optional<Entry> last(String step) {
        return entries.reversed().stream()
                .filter(entry -> entry.step.equals(step))
                .findFirst();
    }

    /** The last step that is of one kind or the other. */
    Optional<Entry> last(String step, String other) {
        return entries.reversed().stream()
                .filter(entry -> entry.step.equals(step) || entry.step.equals(other))
                .findFirst();
    }

    /** Adds a step, durably. */
    void append(String step, Map<String, ?> fields) throws IOException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("time", now.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        all.put("step", step);
        all.putAll(fields);
        byte[] line = (Json.compact(all) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                MigrationFolder.owners(file, MODE))) {
            channel.truncate(length);
            channel.position(length);
            for (ByteBuffer left = ByteBuffer.wrap(line); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
        }
        length += line.length;
        entries.add(new Entry(step, all));
    }

    private void read() throws IOException {
        String text = Files.readString(file);
        int whole = text.lastIndexOf('\n') + 1;
        for (String line : text.substring(0, whole).lines().toList()) {
            entries.add(entry(line));
        }
        length = text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
    }

    private Entry entry(String line) throws IOException {
        Object value = Json.parse(line.getBytes(StandardCharsets.UTF_8), file.toString());
        if (value instanceof Map<?, ?> fields
                && fields.get("step") instanceof String step
                && fields.get("version") instanceof Long version) {
            if (version == VERSION) {
                return new Entry(step, fields);
            }
            throw new IOException(
                    "%s was written by another s3ds: its version is %d, and this s3ds knows version %d; go on with that one"
                            .formatted(file, version, VERSION));
        }
        throw new IOException(file + " has a line that is no step of a migration: " + line);
    }
}
