package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The small files of a repo: written whole or not at all, and safe from power loss. */
final class RepoFiles {
    static final String OWNER_FILE = "rw-------";
    static final String SHARED_FILE = "rw-r--r--";
    static final String SECRET_FILE = "r--------";
    static final String OWNER_FOLDER = "rwx------";

    /** How the names of temporary files begin; one that is left by a crash may be removed. */
    static final String TEMPORARY = ".s3ds-";

    private RepoFiles() {}

    /**
     * Writes a file through a temporary one beside it: whoever reads sees the old bytes or the new ones.
     *
     * @param mode as {@code ls} prints it
     */
    static void write(Path folder, String name, byte[] bytes, String mode) throws IOException {
        replace(folder, name, bytes, mode, true);
        syncFolder(folder);
    }

    /** The same, but safe only from the end of the process. */
    static void writeUnforced(Path folder, String name, byte[] bytes, String mode) throws IOException {
        replace(folder, name, bytes, mode, false);
    }

    private static void replace(Path folder, String name, byte[] bytes, String mode, boolean force) throws IOException {
        Path file = folder.resolve(name);
        try {
            Path temporary = Files.createTempFile(folder, TEMPORARY, ".tmp");
            try {
                write(temporary, bytes, mode, force);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw named(file, e);
        }
    }

    /** The file is its owner's alone until the mode is set, which may forbid that to write. */
    private static void write(Path file, byte[] bytes, String mode, boolean force) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            permit(file, mode);
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                channel.write(left);
            }
            if (force) {
                channel.force(true);
            }
        }
    }

    /** The failure of the file that was meant, not of the temporary one: the user knows nothing of that. */
    private static IOException named(Path file, IOException cause) {
        String reason = switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case ClosedByInterruptException _ -> "interrupted";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(cause.getMessage());
        };
        return new RepoException("cannot write " + file + ": " + reason, cause);
    }

    /** Removes what writes to a folder of a repo have left that were killed. For who has the repo's lock. */
    static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, TEMPORARY + "*.tmp")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes a folder, one level, unless it is there. */
    static void makeFolder(Path folder, String mode) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
            permit(folder, mode);
        }
    }

    /** Proves that files can be made in a folder, by making one. */
    static void checkWritable(Path folder, String name) throws IOException {
        try {
            Files.delete(Files.createTempFile(folder, name, ""));
        } catch (AccessDeniedException e) {
            throw new RepoException(folder + " is not writeable by the current user", e);
        }
    }

    /** Whether something has this name, be it a link to nothing. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes a file, or a folder and all that is in it; links are removed, not followed. */
    static void removeTree(Path root) throws IOException {
        if (!exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
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
        });
    }

    private static void permit(Path path, String mode) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    /** A rename is durable when its folder is; Windows has no such thing. */
    static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
