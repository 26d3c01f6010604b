package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.StateFile;

/**
 * What one migration keeps in the repo, in {@code s3ds/migrate/<number>}: its journal, the spec of its target, that of
 * its source if the way back was given other credentials, the repo's {@code config} and {@code datastore_spec} as they
 * were before the switch, and tables of names, which may go. Files are their owner's alone: the first three may hold
 * secrets.
 *
 * @param path the folder
 * @param number 1 for the first migration of the repo
 */
record MigrationFolder(Path path, int number, Journal journal) {
    private static final String TARGET = "target.json";
    private static final String SOURCE = "source.json";
    private static final String FOLDER = "rwx------";
    private static final List<String> SAVED = List.of("config", "datastore_spec");

    /** All of a repo, the oldest first. */
    static List<MigrationFolder> all(Path repo, InstantSource now) throws IOException {
        List<MigrationFolder> all = new ArrayList<>();
        for (int number = 1; Files.exists(in(repo, number).resolve(Journal.FILE)); number++) {
            all.add(at(repo, number, now));
        }
        return all;
    }

    /** A new one. What a start that was killed before its first step has left there counts for nothing. */
    static MigrationFolder next(Path repo, InstantSource now) throws IOException {
        int number = all(repo, now).size() + 1;
        makeParent(repo);
        Files.createDirectories(in(repo, number), owners(repo, FOLDER));
        return at(repo, number, now);
    }

    private static MigrationFolder at(Path repo, int number, InstantSource now) throws IOException {
        Path path = in(repo, number);
        return new MigrationFolder(path, number, Journal.open(path, now));
    }

    /** Where those of a repo are. */
    static Path parent(Path repo) {
        return repo.resolve("s3ds").resolve("migrate");
    }

    /** Makes that folder, unless it is there. */
    static Path makeParent(Path repo) throws IOException {
        return Files.createDirectories(parent(repo), owners(repo, FOLDER));
    }

    private static Path in(Path repo, int number) {
        return parent(repo).resolve(String.valueOf(number));
    }

    /** The spec of the target. */
    Map<String, @Nullable Object> target() throws IOException {
        return spec(path.resolve(TARGET));
    }

    /** The spec of the source with the credentials that were given on the way back; empty where none were. */
    Optional<Map<String, @Nullable Object>> source() throws IOException {
        Path file = path.resolve(SOURCE);
        return Files.exists(file) ? Optional.of(spec(file)) : Optional.empty();
    }

    void keepSource(Map<String, @Nullable Object> spec) throws IOException {
        StateFile.in(path, SOURCE).write(spec);
    }

    private static Map<String, @Nullable Object> spec(Path file) throws IOException {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        if (Json.parse(Files.readAllBytes(file), file.toString()) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> spec.put((String) key, value));
        }
        return spec;
    }

    void keepTarget(Map<String, @Nullable Object> spec) throws IOException {
        StateFile.in(path, TARGET).write(spec);
    }

    /** Copies the files that the switch will replace, durably. */
    void save(Path repo) throws IOException {
        for (String name : SAVED) {
            byte[] bytes = Files.readAllBytes(repo.resolve(name));
            try (FileChannel channel = FileChannel.open(
                    saved(name),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                    owners(path, "rw-------"))) {
                for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                    channel.write(left);
                }
                channel.force(true);
            }
        }
    }

    /** What a new file or folder is made with, so that it is its owner's alone. */
    static FileAttribute<?>[] owners(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** The config as it was before the switch. */
    Config configBefore() throws IOException {
        Path file = saved("config");
        return Config.parse(Files.readAllBytes(file), file.toString());
    }

    private Path saved(String name) {
        return path.resolve(name + ".before");
    }

    /** A folder for names, by its own name. */
    Path names(String name) {
        return path.resolve(name);
    }

    /** What was copied, since it began or the way back did. */
    Totals copied() {
        Totals copied = new Totals(0, 0);
        for (Journal.Entry entry : journal.entries()) {
            switch (entry.step()) {
                case Step.REVERT_BEGUN -> copied = new Totals(0, 0);
                case Step.COPIED, Step.LAST_COPIED ->
                    copied = copied.plus(entry.number("copied"), entry.number("bytes copied"));
                default -> {}
            }
        }
        return copied;
    }

    /** What was asked for when it began. */
    Optional<Journal.Entry> begun() {
        return journal.last(Step.BEGUN);
    }
}
