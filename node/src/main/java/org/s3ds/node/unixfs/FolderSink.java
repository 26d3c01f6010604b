package org.s3ds.node.unixfs;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;

/**
 * Writes a file tree to a disk, and never outside its target: a name that leads elsewhere is refused, and so is a
 * symlink, in the tree or already on the disk, where a directory belongs. Files, symlinks and empty directories that
 * are in the way are replaced. A file appears under its name once it is whole.
 */
public final class FolderSink implements TreeSink {
    private final Path target;
    private final boolean intoFolder;

    /**
     * A tree at a path.
     *
     * @param target what the tree's root becomes; a file or symlink goes into it when it is a directory already
     */
    public FolderSink(Path target) {
        this.target = target;
        this.intoFolder = isFolder(target);
    }

    @Override
    public void directory(List<String> path, Metadata metadata) throws IOException {
        Path folder = place(path, false);
        if (path.size() == 1) {
            createRoot(folder);
        } else if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        if (!isFolder(folder)) {
            throw new IOException("cannot write the folder " + folder
                    + ": something that is not a folder has its name, and a symlink is not followed");
        }
    }

    private static void createRoot(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder);
        }
    }

    @Override
    public void endDirectory(List<String> path, Metadata metadata) throws IOException {
        apply(place(path, false), metadata);
    }

    @Override
    public void file(List<String> path, Metadata metadata, Content content) throws IOException {
        Path file = place(path, intoFolder);
        WholeFile.write(file, content::copyTo, whole -> {
            apply(whole, metadata);
            makeWay(file);
        });
    }

    @Override
    public void symlink(List<String> path, Metadata metadata, String linkTarget) throws IOException {
        Path link = place(path, intoFolder);
        if (linkTarget.indexOf('\0') >= 0) {
            throw new IOException("the target of the symlink " + link + " holds a NUL, which no path can");
        }
        makeWay(link);
        Files.createSymbolicLink(link, link.getFileSystem().getPath(linkTarget));
        if (metadata.mtime().isPresent()) {
            setTime(link, metadata.mtime().get());
        }
    }

    private Path place(List<String> path, boolean below) throws IOException {
        if (path.size() > 1 || below) {
            EntryNames.check(path);
        }
        Path place = below && path.size() == 1 ? target.resolve(path.getFirst()) : target;
        for (String name : path.subList(1, path.size())) {
            place = place.resolve(name);
        }
        return place;
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void makeWay(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            throw new IOException("cannot write " + path + ": a folder that is not empty has its name", e);
        }
    }

    /** The time first: what has no read permission cannot be opened to set it. */
    private static void apply(Path path, Metadata metadata) throws IOException {
        if (metadata.mtime().isPresent()) {
            setTime(path, metadata.mtime().get());
        }
        if (metadata.mode().isPresent()
                && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, permissions(metadata.mode().getAsInt()));
        }
    }

    /** Read, write and execute alone: a stranger's file does not become setuid. */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        // they are declared from the owner's read bit down to the execute bit of others
        int bit = 0400;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & bit) != 0) {
                permissions.add(permission);
            }
            bit >>= 1;
        }
        return permissions;
    }

    private static void setTime(Path path, Mtime mtime) throws IOException {
        BasicFileAttributeView view =
                Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        FileTime time = FileTime.from(Instant.ofEpochSecond(mtime.seconds(), mtime.nanos()));
        view.setTimes(time, null, null);
    }
}
