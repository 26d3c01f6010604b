package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file that a secret is handed out in: its owner's alone, whole or as it was before. A pipe or a device is written to
 * as it is; anything else that is no file is refused.
 *
 * @param path the file, or a symlink to it
 */
record SecretFile(Path path) {
    private static final int MOST_LINKS = 8;

    void write(byte[] bytes) throws IOException {
        if (Files.exists(path)) {
            BasicFileAttributes kind = Files.readAttributes(path, BasicFileAttributes.class);
            if (kind.isDirectory()) {
                throw new IOException(
                        "refusing to export key to %s: not a regular file, character device or pipe".formatted(path));
            }
            if (kind.isOther()) {
                writeInPlace(bytes);
                return;
            }
        }
        replace(target(), bytes);
    }

    private void writeInPlace(byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
            out.write(bytes);
        }
    }

    /** Where the symlinks lead, be there nothing yet. */
    private Path target() throws IOException {
        Path target = path;
        for (int hop = 0; hop < MOST_LINKS; hop++) {
            if (!Files.isSymbolicLink(target)) {
                return target;
            }
            target = folder(target).toRealPath().resolve(Files.readSymbolicLink(target));
        }
        throw new IOException("too many levels of symbolic links: " + path);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        if (!Files.isDirectory(folder(target))) {
            throw new IOException("cannot write " + target + ": there is no folder " + folder(target));
        }
        Path temporary = Files.createTempFile(folder(target), ".s3ds-", ".tmp"); // readable by its owner alone
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
