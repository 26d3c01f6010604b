package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.SpecException;

/** The folder of a flatfs store: which names stand in it, and what each is for. */
record FlatfsFolder(Path path, ShardFunction shard) {
    static final String SUFFIX = ".data";
    private static final String SHARDING = "SHARDING";

    /** Kubo writes a text of its own, for its default shard function alone. */
    private static final String README = """
            This folder is a flatfs datastore: each file holds one IPFS block.

            A file's name is the block's multihash in upper-case base32 without padding, and ".data". It lies in a
            folder named by some of the name's characters; the file SHARDING says which. Do not change anything by
            hand: a file that is moved, renamed or edited is a block that is lost.
            """;

    /** Opens the folder as its only user: makes it when it is missing or empty, and empties {@code .temp}. */
    static FlatfsFolder open(Path path, ShardFunction wanted) throws IOException {
        makeFolder(path);
        FlatfsFolder folder = new FlatfsFolder(path, wanted);
        Optional<ShardFunction> found = sharding(path);
        if (found.isPresent()) {
            folder.requireSame(found.get());
        } else {
            folder.create();
        }
        folder.emptyTemporary();
        return folder;
    }

    /** Opens the folder, which may be somebody else's, and touches nothing in it. */
    static FlatfsFolder openToRead(Path path, ShardFunction wanted) throws IOException {
        FlatfsFolder folder = new FlatfsFolder(path, wanted);
        folder.requireSame(sharding(path)
                .orElseThrow(() -> new DatastoreException("SHARDING file not found in datastore: " + path)));
        return folder;
    }

    /** Whether flatfs has a name for a key: one component of {@code 0-9 A-Z + - _ =}. */
    static boolean canHold(Key key) {
        String text = key.toString();
        if (text.length() < 2) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || "+-_=".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /** The file of a key that {@link #canHold} allows. */
    Path file(Key key) {
        return shardOf(key).resolve(key.base() + SUFFIX);
    }

    /** The folder of that file. */
    Path shardOf(Key key) {
        return path.resolve(shard.folder(key.base()));
    }

    Path temporary() {
        return path.resolve(".temp");
    }

    Path usageFile() {
        return path.resolve("diskUsage.cache");
    }

    /** Whether files here have an owner and a mode, and folders can be forced to disk. */
    boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** What a new file is made with to have a mode, as {@code ls} prints it. */
    FileAttribute<?>[] mode(String mode) {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static void makeFolder(Path path) throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private static Optional<ShardFunction> sharding(Path path) throws IOException {
        Path file = path.resolve(SHARDING);
        try {
            return Optional.of(ShardFunction.parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (SpecException e) {
            throw new DatastoreException(file + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new DatastoreException(file + ": not a shard function: its bytes are not UTF-8", e);
        } catch (IOException e) {
            throw DataFiles.failed("read", file, e);
        }
    }

    private void requireSame(ShardFunction found) throws DatastoreException {
        if (!found.equals(shard)) {
            throw new DatastoreException(
                    "specified shard func '" + shard + "' does not match repo shard func '" + found + "'");
        }
    }

    /** SHARDING comes last but one, renamed into place: a folder with it is a store, one without is refused. */
    private void create() throws IOException {
        Path unfinished = path.resolve(".SHARDING");
        try (var entries = Files.newDirectoryStream(path, entry -> !entry.equals(unfinished))) {
            if (entries.iterator().hasNext()) {
                throw new DatastoreException("directory missing SHARDING file: " + path);
            }
        }
        Files.writeString(unfinished, shard + "\n");
        Files.move(unfinished, path.resolve(SHARDING), StandardCopyOption.ATOMIC_MOVE);
        if (shard.equals(ShardFunction.DEFAULT)) {
            Path readme = Files.writeString(path.resolve("_README"), README);
            if (isPosix()) {
                Files.setPosixFilePermissions(readme, PosixFilePermissions.fromString("r--r--r--"));
            }
        }
    }

    private void emptyTemporary() throws IOException {
        if (Files.exists(temporary(), LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(temporary(), new Deletion());
        }
        Files.createDirectory(temporary());
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
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
    }
}
