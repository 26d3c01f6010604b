package org.s3ds.levelds;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.DbImpl;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.PendingBatch;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;

/**
 * A datastore in LevelDB files, as Kubo keeps its {@code /} mount: the key's text is the LevelDB key, the value the
 * value. Every write is on the disk when it returns, and a batch happens whole or not at all. Listings see the store as
 * it was when they began; by key, either way, they need no memory.
 */
final class LevelDbDatastore implements Datastore {
    private final LevelDbCalls calls;
    private final DB db;

    /** What goes away with the store, after it. */
    private final Closeable place;

    private LevelDbDatastore(Path folder, DB db, Closeable place) {
        this.calls = new LevelDbCalls(folder);
        this.db = db;
        this.place = place;
    }

    /** Opens the files in a folder, made if missing, and recovers what a killed process left in its log. */
    static LevelDbDatastore open(Path folder, CompressionType compression) throws DatastoreException {
        try {
            Files.createDirectories(folder);
            Options options = options().createIfMissing(true).compressionType(compression);
            return new LevelDbDatastore(folder, open(folder, options), () -> {});
        } catch (IOException | RuntimeException e) {
            throw cannotOpen(folder, e);
        }
    }

    /** Opens what is in a folder, through a {@link ReadingFolder}: nothing in the folder itself is touched. */
    static LevelDbDatastore openToRead(Path folder) throws DatastoreException {
        try {
            ReadingFolder reading = ReadingFolder.of(folder);
            try {
                return new LevelDbDatastore(folder, open(reading.path(), options()), reading::close);
            } catch (IOException | RuntimeException e) {
                reading.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw cannotOpen(folder, e);
        }
    }

    private static Options options() {
        // paranoid: a block is checked also when it is read to be written into another table
        return new Options().createIfMissing(false).paranoidChecks(true);
    }

    private static DB open(Path folder, Options options) throws IOException {
        DurableFiles files = new DurableFiles();
        new FolderCheck(folder, files).check();
        return new DbImpl(options, folder.toString(), files);
    }

    private static DatastoreException cannotOpen(Path folder, Exception cause) {
        return new DatastoreException(
                "cannot open the LevelDB datastore in " + folder + ": " + LevelDbCalls.reason(cause), cause);
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        byte[] name = KeyBytes.of(key);
        return calls.run("get " + key, () -> Optional.ofNullable(db.get(name, checked())));
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return get(key).isPresent();
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return get(key).stream().mapToLong(value -> value.length).findFirst();
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        write("put " + key, Map.of(key, Optional.of(value)));
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        write("delete " + key, Map.of(key, Optional.empty()));
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        Optional<Order> first = query.orders().stream().findFirst();
        boolean backwards = first.equals(Optional.of(Order.KEY_DESCENDING));
        DBIterator iterator = calls.run("query", () -> db.iterator(checked()));
        RangeSource entries = new RangeSource(calls, iterator, query, backwards);
        boolean inOrder = backwards || first.equals(Optional.of(Order.KEY));
        return inOrder ? ScanResults.inOrder(query, entries) : ScanResults.of(query, entries);
    }

    /** Carried out as one write: all of it or nothing. */
    @Override
    public Batch batch() {
        return new PendingBatch(operations -> write("batch of " + operations.size() + " operations", operations));
    }

    private void write(String what, Map<Key, Optional<byte[]>> operations) throws DatastoreException {
        WriteBatch batch = db.createWriteBatch();
        for (Map.Entry<Key, Optional<byte[]>> each : operations.entrySet()) {
            byte[] key = KeyBytes.of(each.getKey());
            each.getValue().ifPresentOrElse(value -> batch.put(key, value), () -> batch.delete(key));
        }
        calls.run(what, () -> db.write(batch, new WriteOptions().sync(true)));
    }

    private static ReadOptions checked() {
        return new ReadOptions().verifyChecksums(true);
    }

    /** Does nothing: every write is on the disk when it returns. */
    @Override
    public void sync(Key prefix) {}

    /** The sizes of all files in the folder. */
    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        AtomicLong sum = new AtomicLong();
        try {
            Files.walkFileTree(calls.folder(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException && !file.equals(calls.folder())) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw calls.failed("disk usage", e);
        }
        return OptionalLong.of(sum.get());
    }

    @Override
    public void close() throws DatastoreException {
        calls.run("close", () -> {
            try (place) {
                db.close();
            }
            return true;
        });
    }

    @Override
    public String toString() {
        return "LevelDb(" + calls.folder() + ")";
    }
}
