package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a repo: a POSIX record lock on its empty {@code repo.lock}, as Kubo takes it, so that the two exclude
 * each other. Releasing removes the file; one left by a crash is harmless.
 */
final class RepoLock implements AutoCloseable {
    static final String FILE = "repo.lock";

    /**
     * The locks of this process. Static, against the rule, because POSIX drops a lock when the process closes any
     * descriptor of the file: who does not know that the file is locked here must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final boolean removes;

    private RepoLock(Path file, FileChannel channel, boolean removes) {
        this.file = file;
        this.channel = channel;
        this.removes = removes;
    }

    /**
     * Takes the lock of a repo, once and without waiting.
     *
     * @return empty when another process has it
     * @throws RepoException when it is held by this process, or the file cannot be used
     */
    static Optional<RepoLock> tryAcquire(Path repo) throws IOException {
        return tryAcquire(repo, repo.toRealPath().resolve(FILE), true);
    }

    /** The same for who may change nothing in the repo: a file that was there before stays. */
    static Optional<RepoLock> tryAcquireToRead(Path repo) throws IOException {
        Path file = repo.toRealPath().resolve(FILE);
        return tryAcquire(repo, file, !RepoFiles.exists(file));
    }

    private static Optional<RepoLock> tryAcquire(Path repo, Path file, boolean removes) throws IOException {
        if (!HELD.add(file)) {
            throw new RepoException("lock " + repo.resolve(FILE) + ": lock is already held by us");
        }
        Optional<FileChannel> channel = Optional.empty();
        try {
            channel = lock(file);
        } catch (AccessDeniedException e) {
            throw new RepoException("lock " + repo.resolve(FILE) + ": permission denied", e);
        } finally {
            if (channel.isEmpty()) {
                HELD.remove(file);
            }
        }
        return channel.map(locked -> new RepoLock(file, locked, removes));
    }

    /** Removes the file and lets go; in this order, so that nobody locks a file that is about to go. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if (removes) {
                Files.deleteIfExists(file);
            }
        } finally {
            HELD.remove(file);
        }
    }

    private static Optional<FileChannel> lock(Path file) throws IOException {
        while (true) {
            Identity before = identityOf(file);
            FileChannel channel;
            try {
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
            } catch (NoSuchFileException _) {
                continue; // removed by its owner just now
            }
            boolean kept = false;
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    return Optional.empty();
                }
                // the owner before may have removed the file between our opening and our locking it
                kept = Files.exists(file) && identityOf(file).equals(before);
                if (kept) {
                    return Optional.of(channel);
                }
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }

    /**
     * Which file a path names. An inode's number alone would not do: it is given to the next file as soon as it is
     * free.
     */
    private record Identity(@Nullable Object inode, FileTime created) {}

    private static Identity identityOf(Path file) throws IOException {
        while (true) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                if (found.size() != 0) {
                    throw new RepoException("cannot acquire lock: can't Lock file \"" + file + "\": has non-zero size");
                }
                return new Identity(found.fileKey(), found.creationTime());
            } catch (NoSuchFileException _) {
                create(file);
            }
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException _) {
            // another process was faster: its file does as well
        }
    }
}
