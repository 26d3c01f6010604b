package org.s3ds.s3.index;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.datastore.TableChanges;

/** Facts that are written together, and the totals with them. Made and used under the ledger's lock. */
final class Posting {
    /** The record of the totals: two numbers of eight bytes. */
    static final String TOTALS = "totals";

    private final KeyTable table;
    private final Doubts doubts;
    private final Outlook outlook;
    private final long seconds;
    private final Totals before;
    private final TableChanges changes = new TableChanges();
    private final Set<Key> settled = new LinkedHashSet<>();
    private Totals totals;

    /**
     * Nothing yet.
     *
     * @param seconds the time since 1970
     * @param totals those before it
     */
    Posting(KeyTable table, Doubts doubts, Outlook outlook, long seconds, Totals totals) {
        this.table = table;
        this.doubts = doubts;
        this.outlook = outlook;
        this.seconds = seconds;
        this.before = totals;
        this.totals = totals;
    }

    /** What is written of a key. */
    @Nullable
    Fact fact(Key key) throws DatastoreException {
        return Fact.decode(table.get(key));
    }

    /** A value was stored: whatever was thought of the one before. */
    void stored(Key key, long size) throws DatastoreException {
        Fact old = fact(key);
        set(key, old, size, old == null ? 0 : old.notes() & ~StoreIndex.SUSPECT);
    }

    /** A value was seen to be there, or not to be. */
    void seen(Key key, OptionalLong size) throws DatastoreException {
        if (size.isPresent()) {
            listed(key, fact(key), size.getAsLong());
        } else {
            absent(key);
        }
        if (doubts.isChanging(key)) {
            settle(key);
        } else {
            settled.add(key);
        }
    }

    /** A value was seen in a listing. */
    void listed(Key key, @Nullable Fact old, long size) {
        set(key, old, size, old == null ? 0 : old.notes());
    }

    /** A record goes with it. */
    void record(String name, byte[] value) {
        changes.record(name, value);
    }

    /** Nothing more is being done to a key. */
    void settle(Key key) {
        changes.settle(key);
        settled.add(key);
    }

    private void set(Key key, @Nullable Fact old, long size, int notes) {
        forget(old);
        long seen = outlook.exclusive() ? 0 : Math.max(1, seconds);
        changes.put(key, new Fact(outlook.state().epoch(), true, size, notes, seen).encode());
        totals = totals.plus(1, size);
    }

    /** There is no value, or none any more. */
    void absent(Key key) throws DatastoreException {
        forget(fact(key));
        if (outlook.mayStillBeListed(key)) {
            changes.put(key, new Fact(outlook.state().epoch(), false, 0, 0, 0).encode());
        } else {
            changes.remove(key);
        }
    }

    private void forget(@Nullable Fact old) {
        if (old != null && old.isThere() && outlook.isCurrent(old)) {
            totals = totals.plus(-1, -old.size());
        }
    }

    /** Writes all of it, or nothing; the keys that were settled are in doubt until then, and still when it fails. */
    Totals write() throws DatastoreException {
        if (!totals.equals(before)) {
            changes.record(TOTALS, encode(totals));
        }
        try {
            if (!changes.isEmpty()) {
                table.write(changes);
            }
        } catch (DatastoreException e) {
            settled.forEach(doubts::open);
            throw e;
        }
        settled.forEach(doubts::close);
        return totals;
    }

    static byte[] encode(Totals totals) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(totals.count())
                .putLong(totals.bytes())
                .array();
    }

    static Totals decode(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        return new Totals(numbers.getLong(), numbers.getLong());
    }
}
