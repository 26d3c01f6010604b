package org.s3ds.datastore.flatfs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.ScanResults;

/**
 * Every block of a flatfs folder, a shard at a time: the entries before filters, orders, offset and limit. Passed over
 * is what is no block: names that begin with a dot, foreign names, and files outside the shard that their name belongs
 * in, where no get would find them.
 */
final class FlatfsFiles implements ScanResults.Source {
    private final FlatfsFolder folder;
    private final DataFiles data;
    private final Query query;
    private final DirectoryStream<Path> shards;
    private final Iterator<Path> nextShard;
    private @Nullable DirectoryStream<Path> files;
    private Iterator<Path> nextFile = Collections.emptyIterator();

    private FlatfsFiles(FlatfsFolder folder, DataFiles data, Query query, DirectoryStream<Path> shards) {
        this.folder = folder;
        this.data = data;
        this.query = query;
        this.shards = shards;
        this.nextShard = shards.iterator();
    }

    static FlatfsFiles open(FlatfsFolder folder, DataFiles data, Query query) throws DatastoreException {
        DirectoryStream<Path> shards = data.list(folder.path(), FlatfsFiles::isShard)
                .orElseThrow(() -> new DatastoreException("cannot list " + folder.path() + ": it is not there"));
        return new FlatfsFiles(folder, data, query, shards);
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        try {
            while (true) {
                while (nextFile.hasNext()) {
                    Optional<Entry> entry = entry(nextFile.next());
                    if (entry.isPresent()) {
                        return entry;
                    }
                }
                if (!nextShard.hasNext()) {
                    return Optional.empty();
                }
                enter(nextShard.next());
            }
        } catch (DirectoryIteratorException e) {
            throw DataFiles.failed("list", folder.path(), Objects.requireNonNull(e.getCause()));
        }
    }

    @Override
    public void close() throws DatastoreException {
        try (shards) {
            closeFiles();
        } catch (IOException e) {
            throw DataFiles.failed("end the listing of", folder.path(), e);
        }
    }

    private static boolean isShard(Path entry) throws IOException {
        if (entry.getFileName().toString().startsWith(".")) {
            return false;
        }
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException e) {
            return false; // deleted since it was listed, or a link to nothing
        }
    }

    private static boolean isData(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(FlatfsFolder.SUFFIX) && !name.startsWith(".");
    }

    private void enter(Path shard) throws DatastoreException {
        try {
            closeFiles();
        } catch (IOException e) {
            throw DataFiles.failed("end a listing in", folder.path(), e);
        }
        files = data.list(shard, FlatfsFiles::isData).orElse(null);
        nextFile = files == null ? Collections.emptyIterator() : files.iterator();
    }

    private Optional<Entry> entry(Path file) throws DatastoreException {
        String name = file.getFileName().toString();
        Key key = Key.of("/" + name.substring(0, name.length() - FlatfsFolder.SUFFIX.length()));
        if (!FlatfsFolder.canHold(key) || !folder.file(key).equals(file)) {
            return Optional.empty();
        }
        Optional<Entry> entry = query.keysOnly()
                ? Optional.of(Entry.ofKey(key))
                : data.read(file).map(value -> Entry.of(key, value));
        boolean describes = query.times() || (query.keysOnly() && query.sizes());
        return entry.isPresent() && describes ? described(entry.get(), file) : entry;
    }

    /** With size and time; empty when the file was deleted since it was listed. */
    private Optional<Entry> described(Entry entry, Path file) throws DatastoreException {
        Optional<BasicFileAttributes> attributes = data.attributes(file);
        return attributes.map(known -> {
            Entry sized = query.keysOnly() ? Entry.ofSize(entry.key(), known.size()) : entry;
            return query.times() ? sized.withModified(known.lastModifiedTime().toInstant()) : sized;
        });
    }

    private void closeFiles() throws IOException {
        if (files != null) {
            files.close();
            files = null;
        }
    }
}
