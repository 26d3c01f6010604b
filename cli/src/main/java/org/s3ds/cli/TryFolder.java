package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folder that {@code try} works in; closing removes it, unless it is to be kept. */
final class TryFolder implements AutoCloseable {
    /** What a repo and its database take besides the blocks. */
    private static final long BESIDES = 64L << 20;

    private final Terminal terminal;
    private final Path path;
    private final boolean kept;

    private TryFolder(Terminal terminal, Path path, boolean kept) {
        this.terminal = terminal;
        this.path = path;
        this.kept = kept;
    }

    /**
     * Makes the folder, when there is room for what will be stored.
     *
     * @param keep its name, new or empty; without one it is a new one in the terminal's folder, removed at the end
     * @param given what will be stored, which must not hold the folder itself: one of our own naming is hidden from it
     * @param bytes how much that is
     */
    static TryFolder make(Terminal terminal, String keep, Path given, long bytes) throws IOException {
        Path directory = terminal.directory();
        if (keep.isEmpty()) {
            checkSpace(directory, bytes);
            String prefix = holds(given, directory) ? ".s3ds-try-" : "s3ds-try-";
            return new TryFolder(terminal, Files.createTempDirectory(directory, prefix), false);
        }
        Path path = terminal.resolve(keep);
        if (holds(given, existing(path.normalize()))) {
            throw new IOException(
                    "the folder to keep, %s, would be inside what is to be stored: give --keep one outside"
                            .formatted(path));
        }
        Files.createDirectories(path);
        try (var entries = Files.newDirectoryStream(path)) {
            if (entries.iterator().hasNext()) {
                throw new IOException(path + " is not empty: give --keep a new folder");
            }
        }
        checkSpace(path, bytes);
        return new TryFolder(terminal, path, true);
    }

    Path path() {
        return path;
    }

    void sayWhere() {
        if (kept) {
            terminal.out().println("%-12s %s: a repo like any other, use it with IPFS_PATH".formatted("kept", path));
        }
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            Files.walkFileTree(path, new Deletion());
        }
    }

    private static boolean holds(Path given, Path folder) throws IOException {
        return Files.isDirectory(given, LinkOption.NOFOLLOW_LINKS)
                && folder.toRealPath().startsWith(given.toRealPath());
    }

    /** The path, or the nearest above it that is there. */
    private static Path existing(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private static void checkSpace(Path folder, long bytes) throws IOException {
        long needed = bytes + bytes / 50 + BESIDES;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new IOException(
                    "not enough space in %s: %s are needed and %s are free; give a folder on a larger disk with --keep"
                            .formatted(folder, Amount.of(needed), Amount.of(free)));
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        /** A server that is still stopping may take away what was listed. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
