package org.s3ds.s3.index;

import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Totals;

/** Compares an index with a listing, key by key. A difference is looked at once more, as both may change meanwhile. */
final class Comparison {
    private final Place place;
    private final Ledger ledger;
    private final StoreIndex.Progress progress;
    private final StoreIndex.Drifts drifts;
    private Totals listed = new Totals(0, 0);
    private long unknown;

    Comparison(Place place, Ledger ledger, StoreIndex.Progress progress, StoreIndex.Drifts drifts) {
        this.place = place;
        this.ledger = ledger;
        this.progress = progress;
        this.drifts = drifts;
    }

    /** Goes through both. */
    StoreIndex.Compared run() throws DatastoreException {
        try (Results there = place.all();
                KnownKeys known = new KnownKeys(ledger)) {
            Optional<Entry> object = counted(there.next());
            Optional<Entry> fact = known.next();
            while (object.isPresent() || fact.isPresent()) {
                int order = order(object, fact);
                if (order != 0
                        || !object.orElseThrow()
                                .size()
                                .equals(fact.orElseThrow().size())) {
                    look((order <= 0 ? object : fact).orElseThrow().key());
                }
                Optional<Entry> nextObject = order <= 0 ? counted(there.next()) : object;
                fact = order >= 0 ? known.next() : fact;
                object = nextObject;
            }
        }
        return new StoreIndex.Compared(listed, unknown);
    }

    private static int order(Optional<Entry> object, Optional<Entry> fact) {
        if (object.isEmpty() || fact.isEmpty()) {
            return object.isEmpty() ? 1 : -1;
        }
        return Key.BYTE_ORDER.compare(object.get().key(), fact.get().key());
    }

    private Optional<Entry> counted(Optional<Entry> entry) {
        if (entry.isPresent()) {
            listed = listed.plus(1, entry.get().size().orElseThrow());
            progress.listed(listed);
        }
        return entry;
    }

    private void look(Key key) throws DatastoreException {
        Known before = ledger.lookup(key);
        if (before == Known.Nothing.UNKNOWN) {
            unknown++;
            return;
        }
        OptionalLong stored = place.ask(key).ask();
        if (!before.equals(ledger.lookup(key))) {
            return;
        }
        OptionalLong indexed =
                before instanceof Known.Present(long size) ? OptionalLong.of(size) : OptionalLong.empty();
        if (!indexed.equals(stored)) {
            drifts.found(new StoreIndex.Drift(key, indexed, stored));
        }
    }
}
