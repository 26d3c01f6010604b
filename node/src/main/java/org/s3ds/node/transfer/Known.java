package org.s3ds.node.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.StoreIndex.Progress;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.datastore.TableChanges;
import org.s3ds.index.ScratchTable;
import org.s3ds.node.transfer.Offers.Offer;

/**
 * What a place has: keys and the sizes of their values, in a folder on this machine that goes at the end, so that
 * memory stays the same whatever their number. Any thread may call anything, but of one key one at a time; a
 * {@link Cursor} belongs to one thread, and is closed before.
 */
public final class Known implements AutoCloseable {
    /** Keys of a listing that are written together. */
    private static final int TOGETHER = 1000;

    private final ScratchTable scratch;
    private final KeyTable table;
    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private Known(ScratchTable scratch) {
        this.scratch = scratch;
        this.table = scratch.table();
    }

    /**
     * Nothing yet.
     *
     * @param scratch a folder for this alone: it is removed first, when a killed process has left it, and at the end
     */
    public static Known open(Path scratch) throws IOException {
        return new Known(ScratchTable.open(scratch, "known"));
    }

    /**
     * Adds all blocks that a place lists; other names are passed over.
     *
     * @param place is asked for keys and sizes, in whatever sequence comes fastest
     * @param progress is told of each
     * @return how many there were
     */
    public long fill(Datastore place, Progress progress) throws IOException {
        return fill(Source.of(place), progress);
    }

    /** The same for any source. */
    public long fill(Source source, Progress progress) throws IOException {
        Totals listed = new Totals(0, 0);
        Page page = new Page();
        try (Offers offers = source.open()) {
            for (Optional<Offer> offer = offers.next(); offer.isPresent(); offer = offers.next()) {
                page.add(offer.get().key(), offer.get().size());
                listed = listed.plus(1, offer.get().size());
                progress.listed(listed);
            }
        }
        page.write();
        return listed.count();
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
        scratch.close();
    }

    private static long sizeIn(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    /** Keys that are written together. */
    private final class Page {
        private final Map<Key, Long> sizes = new HashMap<>();

        void add(Key key, long size) throws DatastoreException {
            sizes.put(key, size);
            if (sizes.size() == TOGETHER) {
                write();
            }
        }

        void write() throws DatastoreException {
            TableChanges changes = new TableChanges();
            for (Map.Entry<Key, Long> each : sizes.entrySet()) {
                OptionalLong before = size(each.getKey());
                count.add(before.isPresent() ? 0 : 1);
                bytes.add(each.getValue() - before.orElse(0));
                changes.put(
                        each.getKey(),
                        ByteBuffer.allocate(Long.BYTES).putLong(each.getValue()).array());
            }
            if (!changes.isEmpty()) {
                table.write(changes);
                sizes.clear();
            }
        }
    }
}
