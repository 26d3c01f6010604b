package org.s3ds.s3.claims;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;

/**
 * The file in which a repo keeps its memory of one place. Written whole or not at all, for its owner's eyes, and on
 * disk when the write has returned.
 *
 * @param folder the repo's {@code s3ds}, which is made when it is not there
 * @param name the file's, in it
 */
public record MemoryFile(Path folder, String name) {
    private Path path() {
        return folder.resolve(name);
    }

    /** The memory; empty when there is no file. */
    Optional<Memory> read() throws DatastoreException {
        Path path = path();
        String text;
        try {
            text = Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DatastoreException("cannot read " + path + ": " + e, e);
        }
        return Optional.of(Memory.decode(text).orElseThrow(() -> Refusals.forgotten(path)));
    }

    void write(Memory memory) throws DatastoreException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, mode(folder, "rwx------"));
                sync(folder.resolve(".."));
            }
            Path temporary = Files.createTempFile(folder, "claim-", ".tmp", mode(folder, "rw-------"));
            try {
                write(temporary, memory.encode());
                Files.move(temporary, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            sync(folder);
        } catch (IOException e) {
            throw new DatastoreException("cannot write " + path() + ": " + e, e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Windows knows neither modes nor the syncing of folders. */
    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
