package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small file of JSON in the folder {@code s3ds} of a repo: what one command found out and the next can make use of,
 * and what can be done without. Whoever reads it has the repo's lock.
 */
public final class StateFile {
    private static final String FOLDER = "s3ds";

    private final Path folder;
    private final String name;
    private final boolean readOnly;

    StateFile(Path repo, String name, boolean readOnly) {
        this(name, repo.resolve(FOLDER), readOnly);
    }

    private StateFile(String name, Path folder, boolean readOnly) {
        this.folder = folder;
        this.name = name;
        this.readOnly = readOnly;
    }

    /** A file of what is done without a repo, in a folder that is there, which one process at a time uses. */
    public static StateFile in(Path folder, String name) {
        return new StateFile(name, folder, false);
    }

    /** Makes what is needed of the fields of the file. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads the fields.
         *
         * @throws IllegalArgumentException when one is missing or not what it should be
         * @throws DateTimeException when one is no time
         */
        T read(StateFields fields);
    }

    /**
     * What the file says.
     *
     * @param notices is told when the file is there and cannot be used
     * @return empty when there is none, or none that can be used
     */
    public <T> Optional<T> read(Reader<T> reader, Consumer<String> notices) {
        Path file = folder.resolve(name);
        try {
            byte[] text = Files.readAllBytes(file);
            return Optional.of(reader.read(new StateFields(Json.parse(text, file.toString()))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            notices.accept(
                    file + " cannot be used and is passed over; it will be written anew (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    /** Writes the file, whole and durably, and readable by its owner alone. Not in a repo that is only read. */
    public void write(Map<String, ? extends @Nullable Object> fields) throws IOException {
        if (!readOnly) {
            RepoFiles.makeFolder(folder, RepoFiles.OWNER_FOLDER);
            RepoFiles.write(folder, name, text(fields), RepoFiles.OWNER_FILE);
        }
    }

    /** The same, but for the end of the machine: after that it may be as it was before, or not to be used. */
    void writeUnforced(Map<String, ? extends @Nullable Object> fields) throws IOException {
        if (!readOnly) {
            RepoFiles.makeFolder(folder, RepoFiles.OWNER_FOLDER);
            RepoFiles.writeUnforced(folder, name, text(fields), RepoFiles.OWNER_FILE);
        }
    }

    private static byte[] text(Map<String, ? extends @Nullable Object> fields) {
        return (Json.compact(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Removes the file, if it is there. Not in a repo that is only read. */
    public void remove() throws IOException {
        if (!readOnly) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }
}
