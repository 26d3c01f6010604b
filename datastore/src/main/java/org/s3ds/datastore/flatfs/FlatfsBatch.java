package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/**
 * A batch of a flatfs store. Values go to files of a folder below {@code .temp} at once, so that memory holds but their
 * names; commit gives them their places. A batch that is never committed is swept away when the store is next opened.
 */
final class FlatfsBatch implements Batch {
    private record Written(Path file, long size) {}

    private final FlatfsDatastore store;
    private final FlatfsFolder folder;
    private final DataFiles files;
    private final Path temporary;
    private final Map<Key, Written> puts = new LinkedHashMap<>();
    private final Set<Key> deletes = new LinkedHashSet<>();
    private boolean committed;
    private @Nullable DatastoreException failure;

    FlatfsBatch(FlatfsDatastore store, FlatfsFolder folder, DataFiles files) {
        this.store = store;
        this.folder = folder;
        this.files = files;
        this.temporary = folder.temporary().resolve("batch-" + UUID.randomUUID());
    }

    /** The file gets the mode that new files get, where a single put's is for its owner alone: as flatfs does. */
    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        requireOpen();
        FlatfsDatastore.requireKey(key);
        Path file = temporary.resolve(UUID.randomUUID() + FlatfsFolder.SUFFIX);
        try {
            forget(key);
            Files.createDirectories(temporary);
            files.write(file, value);
        } catch (IOException e) {
            throw DataFiles.failed("write", file, e);
        }
        puts.put(key, new Written(file, value.length));
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        requireOpen();
        try {
            forget(key);
        } catch (IOException e) {
            throw DataFiles.failed("delete from", temporary, e);
        }
        deletes.add(key);
    }

    /** Files first, then deletes; the folders are forced to disk last, each once. */
    @Override
    public void commit() throws DatastoreException {
        requireOpen();
        committed = true;
        Set<Path> shards = new LinkedHashSet<>();
        puts.forEach((key, written) -> {
            attempt("write", folder.file(key), () -> store.place(written.file(), key, written.size()));
            shards.add(folder.shardOf(key));
        });
        deletes.stream().filter(FlatfsFolder::canHold).forEach(key -> {
            attempt("delete", folder.file(key), () -> store.remove(key));
            shards.add(folder.shardOf(key));
        });
        shards.stream().filter(Files::exists).forEach(shard -> attempt("sync", shard, () -> files.sync(shard)));
        attempt("delete", temporary, () -> Files.deleteIfExists(temporary));
        if (failure != null) {
            throw failure;
        }
    }

    private void requireOpen() {
        if (committed) {
            throw new IllegalStateException("this batch was committed; take a new one");
        }
    }

    private void forget(Key key) throws IOException {
        deletes.remove(key);
        Written before = puts.remove(key);
        if (before != null) {
            Files.deleteIfExists(before.file());
        }
    }

    /** Everything is tried; the first failure is thrown at the end, with the others inside it. */
    private void attempt(String verb, Path path, KeyTurns.Change step) {
        try {
            step.run();
        } catch (IOException e) {
            DatastoreException next = DataFiles.failed(verb, path, e);
            if (failure == null) {
                failure = next;
            } else {
                failure.addSuppressed(next);
            }
        }
    }
}
