package org.s3ds.node.pins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;

/** The records of pins and the indexes that follow from them, entry by entry. {@link Pins} guards their order. */
final class PinEntries {
    /** How many records are looked at between two syncs while indexes are rebuilt. */
    private static final int RECORDS_A_SYNC = 50;

    private static final byte[] EMPTY = {};

    private final Datastore root;

    PinEntries(Datastore root) {
        this.root = root;
    }

    /** What a rebuild looked at, and how many records lacked an entry or had a wrong one. */
    record Rebuilt(long records, long repaired) {}

    /** The entries of a CID for a mode: one, but for what other programs wrote. */
    List<PinKeys.IndexEntry> find(PinMode mode, Cid cid) throws IOException {
        List<PinKeys.IndexEntry> found = new ArrayList<>();
        try (Results results = root.query(Query.keys(PinKeys.index(mode, cid)))) {
            for (Entry entry : results.rest()) {
                found.add(PinKeys.parseIndexEntry(entry.key()));
            }
        }
        return found;
    }

    /** Puts the record first: an index entry is never without one. */
    void add(PinRecord pin, String id) throws IOException {
        root.put(PinKeys.record(id), pin.encode());
        root.put(PinKeys.indexEntry(pin.mode(), pin.cid(), id), EMPTY);
        if (!pin.name().isEmpty()) {
            root.put(PinKeys.nameEntry(pin.name(), id), EMPTY);
        }
    }

    /**
     * What is to be removed.
     *
     * @param record empty for an entry without one
     */
    record Removal(PinKeys.IndexEntry entry, Optional<PinRecord> record) {}

    /** Reads what is needed to remove entries, so that a damaged record is noticed before anything is changed. */
    List<Removal> removals(List<PinKeys.IndexEntry> found) throws IOException {
        List<Removal> removals = new ArrayList<>();
        for (PinKeys.IndexEntry entry : found) {
            removals.add(new Removal(entry, record(entry.id())));
        }
        return removals;
    }

    /** Removes the record last; an entry without a record goes too. */
    void remove(Removal removal) throws IOException {
        String id = removal.entry.id();
        root.delete(removal.entry.key());
        if (removal.record.isPresent()) {
            if (!removal.record.get().name().isEmpty()) {
                root.delete(PinKeys.nameEntry(removal.record.get().name(), id));
            }
            root.delete(PinKeys.record(id));
        }
    }

    /** The record of an id. */
    Optional<PinRecord> record(String id) throws IOException {
        Optional<byte[]> bytes = root.get(PinKeys.record(id));
        return bytes.isPresent() ? Optional.of(decode(id, bytes.get())) : Optional.empty();
    }

    /** Does something with each pin, or its CID. */
    @FunctionalInterface
    interface Each<T> {
        void with(T one) throws IOException;
    }

    /** Goes through all records; a damaged one ends it. */
    void eachRecord(Each<PinRecord> each) throws IOException {
        try (Results results = root.query(Query.of(PinKeys.RECORDS))) {
            for (Optional<Entry> next = results.next(); next.isPresent(); next = results.next()) {
                each.with(decode(next.get()));
            }
        }
    }

    /** Goes through the CIDs that the index of a mode has, with or without a record. */
    void eachIndexed(PinMode mode, Each<Cid> each) throws IOException {
        try (Results results = root.query(Query.keys(PinKeys.index(mode)))) {
            for (Optional<Entry> next = results.next(); next.isPresent(); next = results.next()) {
                each.with(PinKeys.parseIndexEntry(next.get().key()).cid());
            }
        }
    }

    private static PinRecord decode(Entry entry) throws FormatException {
        return decode(entry.key().base(), entry.value().orElseThrow());
    }

    private static PinRecord decode(String id, byte[] bytes) throws FormatException {
        try {
            return PinRecord.decode(bytes);
        } catch (FormatException e) {
            throw new FormatException(
                    "the pin record " + PinKeys.record(id) + " is damaged: " + e.getMessage()
                            + "; what it pinned is not known, so nothing was changed: restore the repo's folder datastore"
                            + " from a backup",
                    e);
        }
    }

    /** Brings the indexes in line with the records; entries without a record stay, as Kubo leaves them. */
    Rebuilt rebuild() throws IOException {
        long records = 0;
        long repaired = 0;
        try (Results results = root.query(Query.of(PinKeys.RECORDS))) {
            for (Optional<Entry> next = results.next(); next.isPresent(); next = results.next()) {
                repaired += repair(decode(next.get()), next.get().key().base()) ? 1 : 0;
                if (++records % RECORDS_A_SYNC == 0) {
                    root.sync(PinKeys.PINS);
                }
            }
        }
        root.sync(PinKeys.PINS);
        return new Rebuilt(records, repaired);
    }

    private boolean repair(PinRecord pin, String id) throws IOException {
        boolean repaired = false;
        var stale = PinKeys.indexEntry(pin.mode().other(), pin.cid(), id);
        if (root.has(stale)) {
            root.delete(stale);
            repaired = true;
        }
        var entry = PinKeys.indexEntry(pin.mode(), pin.cid(), id);
        if (!root.has(entry) && !root.has(PinKeys.oldIndexEntry(pin.mode(), pin.cid(), id))) {
            root.put(entry, EMPTY);
            repaired = true;
        }
        if (!pin.name().isEmpty() && !root.has(PinKeys.nameEntry(pin.name(), id))) {
            root.put(PinKeys.nameEntry(pin.name(), id), EMPTY);
            repaired = true;
        }
        return repaired;
    }
}
