package org.s3ds.node.plugins;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A jar on its way into the folder of plugins, under a name that nobody loads; gone when it is closed before it was
 * moved.
 */
record PluginCopy(Path file) implements AutoCloseable {
    private static final String BEGIN = ".s3ds-";
    private static final String END = ".tmp";

    /** Whether a folder had to be made. */
    static boolean makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        Files.createDirectories(folder);
        permit(folder, "rwxr-xr-x");
        return true;
    }

    /** Copies a file; what a killed copy left is removed. */
    static PluginCopy of(Path file, Path folder) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new PluginException(file + " is not a file");
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, BEGIN + "*" + END)) {
            for (Path left : old) {
                Files.delete(left);
            }
        }
        PluginCopy copy = new PluginCopy(Files.createTempFile(folder, BEGIN, END));
        try {
            Files.copy(file, copy.file, StandardCopyOption.REPLACE_EXISTING);
            permit(copy.file, "rw-r--r--");
            sync(copy.file, StandardOpenOption.WRITE);
            return copy;
        } catch (IOException e) {
            copy.close();
            throw e;
        }
    }

    /** Gives it its name, in place of what has it. */
    void moveTo(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        if (isPosix(target)) {
            sync(target.resolveSibling(""), StandardOpenOption.READ);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static void permit(Path path, String mode) throws IOException {
        if (isPosix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
