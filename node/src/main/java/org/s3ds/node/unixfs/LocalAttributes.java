package org.s3ds.node.unixfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;

/**
 * What a disk says of a file at one moment.
 *
 * @param size bytes; means something for a file alone
 * @param identity tells this file from one put in its place
 */
record LocalAttributes(Kind kind, long size, FileTime modified, Optional<Object> identity, OptionalInt permissions) {
    private static final int PERMISSION_BITS = 07777;

    /** What can lie in a folder. */
    enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        OTHER
    }

    /**
     * Looks at a file.
     *
     * @param shown how the user would name it
     * @param follow a symlink stands for what it points to
     */
    static LocalAttributes read(Path path, String shown, boolean follow) throws InputException {
        LinkOption[] links = links(follow);
        try {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, links);
            return new LocalAttributes(
                    kind(basic),
                    basic.size(),
                    basic.lastModifiedTime(),
                    Optional.ofNullable(basic.fileKey()),
                    permissions(path, links));
        } catch (IOException e) {
            throw InputException.of(follow ? "stat" : "lstat", shown, e);
        }
    }

    /** How Java is told to follow symlinks or not. */
    static LinkOption[] links(boolean follow) {
        return follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    }

    private static Kind kind(BasicFileAttributes basic) {
        if (basic.isRegularFile()) {
            return Kind.FILE;
        }
        if (basic.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return basic.isSymbolicLink() ? Kind.SYMLINK : Kind.OTHER;
    }

    private static OptionalInt permissions(Path path, LinkOption[] links) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return OptionalInt.empty();
        }
        return Files.getAttribute(path, "unix:mode", links) instanceof Integer mode
                ? OptionalInt.of(mode & PERMISSION_BITS)
                : OptionalInt.empty();
    }

    /** Whether a file that looked like this before may have other content now. */
    boolean differsFrom(LocalAttributes earlier) {
        return size != earlier.size || !modified.equals(earlier.modified) || !identity.equals(earlier.identity);
    }

    /** What is stored when mode and time are to be kept. */
    Metadata metadata() {
        Instant time = modified.toInstant();
        return new Metadata(permissions, Optional.of(new Mtime(time.getEpochSecond(), time.getNano())));
    }
}
