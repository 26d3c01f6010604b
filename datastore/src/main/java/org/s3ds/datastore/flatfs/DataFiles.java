package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.s3ds.datastore.DatastoreException;

/**
 * The files of a flatfs folder: read, written, forced to disk when the spec says {@code sync}, and given their places.
 */
final class DataFiles {
    private static final int FSYNCS_AT_ONCE = 16;

    private final FlatfsFolder folder;
    private final boolean sync;
    private final FileLimit limit;
    private final Disk disk;
    private final Semaphore fsyncs = new Semaphore(FSYNCS_AT_ONCE);

    DataFiles(FlatfsFolder folder, boolean sync, FileLimit limit, Disk disk) {
        this.folder = folder;
        this.sync = sync;
        this.limit = limit;
        this.disk = disk;
    }

    /** Keeps what was written to a file, or happened in a folder, through a loss of power. */
    interface Disk {
        /** That of the machine. */
        Disk REAL = (path, channel) -> channel.force(true);

        void force(Path path, FileChannel channel) throws IOException;
    }

    Optional<byte[]> read(Path file) throws DatastoreException {
        try {
            return Optional.of(limit.retried(() -> Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    OptionalLong size(Path file) throws DatastoreException {
        try {
            return OptionalLong.of(Files.size(file));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw failed("read the size of", file, e);
        }
    }

    /** Size and time of a file; empty when it is not there. */
    Optional<BasicFileAttributes> attributes(Path file) throws DatastoreException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read size and time of", file, e);
        }
    }

    /** Empty when the folder is not there. */
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    Optional<DirectoryStream<Path>> list(Path path, DirectoryStream.Filter<Path> filter) throws DatastoreException {
        try {
            return Optional.of(limit.retried(() -> Files.newDirectoryStream(path, filter)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("list", path, e);
        }
    }

    /** Writes a new file whole, or leaves none; durably when the spec says so. */
    void write(Path file, byte[] value, FileAttribute<?>... mode) throws IOException {
        write(file, value, sync, mode);
    }

    /** Writes a new file whole, or leaves none; durably in any case. */
    void writeDurably(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), true);
    }

    private void write(Path file, byte[] value, boolean durably, FileAttribute<?>... mode) throws IOException {
        try (FileChannel channel = limit.retried(() -> create(file, mode))) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durably) {
                force(file, channel);
            }
        } catch (IOException e) {
            deleteQuietly(file, e);
            throw e;
        }
    }

    /**
     * Gives a written file its place, in place of any file there.
     *
     * @return what the folder made for it takes, 0 if it was there
     */
    long moveTo(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return 0;
        } catch (NoSuchFileException e) {
            long more = makeShard(Objects.requireNonNull(file.getParent()));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return more;
        }
    }

    /** Makes what happened in a folder durable, when the spec says so. */
    void sync(Path path) throws IOException {
        if (sync && folder.isPosix()) {
            try (FileChannel channel = limit.retried(() -> FileChannel.open(path, StandardOpenOption.READ))) {
                force(path, channel);
            }
        }
    }

    static void deleteQuietly(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** One sentence: what could not be done, to what, and why in the system's words. */
    static DatastoreException failed(String verb, Path path, IOException cause) {
        if (cause instanceof DatastoreException ours) {
            return ours;
        }
        String reason = switch (cause) {
            case NoSuchFileException _ -> "it is not there";
            case ClosedByInterruptException _ -> "interrupted";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(cause.getMessage());
        };
        return new DatastoreException("cannot " + verb + " " + path + ": " + reason, cause);
    }

    private static FileChannel create(Path file, FileAttribute<?>... mode) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
    }

    private long makeShard(Path shard) throws IOException {
        try {
            Files.createDirectory(shard);
        } catch (FileAlreadyExistsException _) {
            return 0; // another put was faster
        }
        sync(folder.path());
        return Files.size(shard);
    }

    private void force(Path path, FileChannel channel) throws IOException {
        fsyncs.acquireUninterruptibly();
        try {
            disk.force(path, channel);
        } finally {
            fsyncs.release();
        }
    }
}
