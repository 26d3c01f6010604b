package org.s3ds.node.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreIndex.Progress;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.datastore.TableChanges;
import org.s3ds.index.RocksTables;

/**
 * What a place has: keys and the sizes of their values, in a folder on this machine that goes at the end, so that
 * memory stays the same whatever their number. Any thread may call anything, but of one key one at a time; a
 * {@link Cursor} belongs to one thread, and is closed before.
 */
public final class Known implements AutoCloseable {
    /** Keys of a listing that are written together. */
    private static final int TOGETHER = 1000;

    private final Path folder;
    private final KeyTable table;
    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private Known(Path folder, KeyTable table) {
        this.folder = folder;
        this.table = table;
    }

    /**
     * Nothing yet.
     *
     * @param scratch a folder for this alone: it is removed first, when a killed process has left it, and at the end
     */
    public static Known open(Path scratch) throws IOException {
        remove(scratch);
        return new Known(scratch, new RocksTables(scratch, "").open("known"));
    }

    /**
     * Adds all blocks that a place lists; other names are passed over.
     *
     * @param place is asked for keys and sizes, in whatever sequence comes fastest
     * @param progress is told of each
     * @return how many there were
     */
    public long fill(Datastore place, Progress progress) throws DatastoreException {
        long listed = 0;
        long listedBytes = 0;
        Page page = new Page();
        try (Results results = place.query(Query.keys(Key.ROOT).withSizes())) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                if (BlockNames.hashOf(entry.get().key()).isPresent()) {
                    long size = sizeOf(entry.get());
                    page.add(entry.get().key(), size);
                    listed++;
                    listedBytes += size;
                    progress.listed(new Totals(listed, listedBytes));
                }
            }
        }
        page.write();
        return listed;
    }

    /** The size of an entry of a listing that was to have them. */
    static long sizeOf(Entry entry) throws DatastoreException {
        return entry.size()
                .orElseThrow(() -> new DatastoreException("the listing does not say how large " + entry.key() + " is"));
    }

    /** The size of a key's value; empty when there is no such key. */
    public OptionalLong size(Key key) throws DatastoreException {
        byte[] value = table.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(sizeIn(value));
    }

    /** Adds a key, in place of what was known of it. */
    public void add(Key key, long size) throws DatastoreException {
        Page page = new Page();
        page.add(key, size);
        page.write();
    }

    /** Takes a key away, if it is there. */
    public void remove(Key key) throws DatastoreException {
        OptionalLong size = size(key);
        if (size.isPresent()) {
            table.write(new TableChanges().remove(key));
            count.decrement();
            bytes.add(-size.getAsLong());
        }
    }

    /** How many keys there are, and the sum of their sizes. */
    public Totals totals() {
        return new Totals(count.sum(), bytes.sum());
    }

    /** All keys as they are at this moment, in {@link Key#BYTE_ORDER}. */
    public Cursor all() throws DatastoreException {
        return new Cursor(table.scan(Optional.empty()));
    }

    /** Keys and sizes, one after the other. Before the first {@link #next} it stands at none. */
    public static final class Cursor implements AutoCloseable {
        private final KeyTable.Scan scan;

        private Cursor(KeyTable.Scan scan) {
            this.scan = scan;
        }

        /** Goes to the next key; false at the end. */
        public boolean next() throws DatastoreException {
            return scan.next();
        }

        /** This key. */
        public Key key() {
            return scan.key();
        }

        /** The size of its value, in bytes. */
        public long size() {
            return sizeIn(scan.value());
        }

        @Override
        public void close() {
            scan.close();
        }
    }

    /** Ends it, and removes the folder. */
    @Override
    public void close() throws IOException {
        try {
            table.close();
        } finally {
            remove(folder);
        }
    }

    private static long sizeIn(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    /** Keys that are written together. */
    private final class Page {
        private TableChanges changes = new TableChanges();
        private int keys;

        void add(Key key, long size) throws DatastoreException {
            OptionalLong before = size(key);
            changes.put(key, ByteBuffer.allocate(Long.BYTES).putLong(size).array());
            count.add(before.isPresent() ? 0 : 1);
            bytes.add(size - before.orElse(0));
            if (++keys == TOGETHER) {
                write();
            }
        }

        void write() throws DatastoreException {
            if (keys > 0) {
                table.write(changes);
                changes = new TableChanges();
                keys = 0;
            }
        }
    }
}
