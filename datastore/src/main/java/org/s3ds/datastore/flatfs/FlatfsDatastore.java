package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;

/**
 * One file per block in a folder that Kubo's flatfs opens, made by it or by us.
 *
 * <p>Differs from the contract as flatfs does: a key is one component of {@code 0-9 A-Z + - _ =}, any other is absent
 * and cannot be put, so that a query below any key but the root is empty; {@link #sync} does nothing, since with the
 * spec's {@code sync} every change is durable when it returns, and without it the operator chose that none is. Two
 * processes never write to one folder: {@code repo.lock} sees to that.
 */
final class FlatfsDatastore implements Datastore {
    private final FlatfsFolder folder;
    private final DataFiles files;
    private final DiskUsage usage;
    private final boolean readOnly;
    private final KeyTurns turns = new KeyTurns();
    private final AtomicBoolean closed = new AtomicBoolean();

    private FlatfsDatastore(FlatfsFolder folder, DataFiles files, boolean readOnly) {
        this.folder = folder;
        this.files = files;
        this.readOnly = readOnly;
        this.usage = new DiskUsage(folder);
    }

    /** Opens a folder, making it when it is missing or empty, and empties {@code .temp}. */
    static FlatfsDatastore open(Path path, ShardFunction shard, boolean sync) throws DatastoreException {
        return open(path, shard, sync, DataFiles.Disk.REAL);
    }

    /** The same, on another disk. */
    static FlatfsDatastore open(Path path, ShardFunction shard, boolean sync, DataFiles.Disk disk)
            throws DatastoreException {
        try {
            FlatfsFolder folder = FlatfsFolder.open(path, shard);
            return new FlatfsDatastore(folder, new DataFiles(folder, sync, FileLimit.system(), disk), false);
        } catch (IOException e) {
            throw DataFiles.failed("open", path, e);
        }
    }

    /**
     * Opens a folder that may be somebody else's, such as a running Kubo's: nothing in it is made, changed or deleted,
     * {@code .temp} and {@code diskUsage.cache} included, and every put or delete is refused.
     */
    static FlatfsDatastore openToRead(Path path, ShardFunction shard) throws DatastoreException {
        try {
            FlatfsFolder folder = FlatfsFolder.openToRead(path, shard);
            return new FlatfsDatastore(
                    folder, new DataFiles(folder, false, FileLimit.system(), DataFiles.Disk.REAL), true);
        } catch (IOException e) {
            throw DataFiles.failed("open", path, e);
        }
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return FlatfsFolder.canHold(key) ? files.read(folder.file(key)) : Optional.empty();
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return size(key).isPresent();
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return FlatfsFolder.canHold(key) ? files.size(folder.file(key)) : OptionalLong.empty();
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        requireWritable();
        requireKey(key);
        try {
            turns.put(key, value, () -> write(key, value));
        } catch (IOException e) {
            throw DataFiles.failed("write", folder.file(key), e);
        }
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        requireWritable();
        if (!FlatfsFolder.canHold(key)) {
            return;
        }
        try {
            if (remove(key)) {
                files.sync(folder.shardOf(key));
            }
        } catch (IOException e) {
            throw DataFiles.failed("delete", folder.file(key), e);
        }
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return query.prefix().isRoot()
                ? ScanResults.of(query, FlatfsFiles.open(folder, files, query))
                : ScanResults.of(query, Optional::empty);
    }

    @Override
    public Batch batch() throws DatastoreException {
        requireWritable();
        return new FlatfsBatch(this, folder, files);
    }

    @Override
    public void sync(Key prefix) {}

    /** Bytes of the files and of the folders themselves, as flatfs counts. */
    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        try {
            return OptionalLong.of(usage.bytes());
        } catch (IOException e) {
            throw DataFiles.failed("count the files of", folder.path(), e);
        }
    }

    @Override
    public void close() throws DatastoreException {
        if (closed.getAndSet(true) || readOnly) {
            return;
        }
        try {
            usage.save(files);
        } catch (IOException e) {
            throw DataFiles.failed("write", folder.usageFile(), e);
        }
    }

    @Override
    public String whereIs(Key key) {
        return FlatfsFolder.canHold(key) ? "the file " + folder.file(key) : Datastore.super.whereIs(key);
    }

    @Override
    public String toString() {
        return "Flatfs(" + folder.path() + ")";
    }

    static void requireKey(Key key) throws DatastoreException {
        if (!FlatfsFolder.canHold(key)) {
            throw new DatastoreException("when putting '\"" + key + "\"': key not supported by flatfs");
        }
    }

    /** Gives a file that a batch wrote its place. */
    void place(Path temporary, Key key, long size) throws IOException {
        turns.change(key, () -> replace(temporary, key, size));
    }

    /** Deletes a key's file, not yet durably; says whether there was one. */
    boolean remove(Key key) throws IOException {
        AtomicBoolean removed = new AtomicBoolean();
        turns.change(key, () -> {
            OptionalLong size = files.size(folder.file(key));
            if (size.isPresent()) {
                usage.begin();
                removed.set(Files.deleteIfExists(folder.file(key)));
                usage.add(removed.get() ? -size.getAsLong() : 0);
            }
        });
        return removed.get();
    }

    private void write(Key key, byte[] value) throws IOException {
        Path temporary = folder.temporary().resolve("temp-" + UUID.randomUUID());
        files.write(temporary, value, folder.mode("rw-------"));
        try {
            replace(temporary, key, value.length);
        } catch (IOException e) {
            DataFiles.deleteQuietly(temporary, e);
            throw e;
        }
        files.sync(folder.shardOf(key));
    }

    private void replace(Path temporary, Key key, long size) throws IOException {
        Path file = folder.file(key);
        OptionalLong before = files.size(file);
        usage.begin();
        long shard = files.moveTo(temporary, file);
        usage.add(shard + size - before.orElse(0));
    }

    private void requireWritable() throws DatastoreException {
        if (readOnly) {
            throw new DatastoreException("the flatfs folder " + folder.path() + " was opened for reading alone");
        }
    }
}
