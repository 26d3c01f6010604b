package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held by the one process that works on the migrations of a repo; which may be open elsewhere meanwhile. */
final class MigrationLock implements AutoCloseable {
    private final FileChannel channel;

    private MigrationLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it, without waiting.
     *
     * @throws MigrationException when another process has it, or this one would make files that their owner cannot read
     */
    static MigrationLock take(Path repo) throws IOException {
        RepoOwner.require(repo);
        Path folder = MigrationFolder.makeParent(repo);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = lock(channel) != null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new MigrationException(
                    "another s3ds is at work on a migration of this repo: wait for it to end; \"s3ds"
                            + " migrate status\" says how far it is");
        }
        return new MigrationLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
