package org.s3ds.s3.index;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.ScanResults;

/** The keys that are known to be there, with their sizes, in {@link org.s3ds.datastore.Key#BYTE_ORDER}. */
final class KnownKeys implements ScanResults.Source {
    private final Ledger ledger;
    private KeyTable.@Nullable Scan scan;

    KnownKeys(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        if (scan == null) {
            scan = ledger.scan();
        }
        while (scan.next()) {
            Fact fact = Fact.decode(scan.value());
            if (fact != null && !ledger.isStale(fact)) {
                return Optional.of(Entry.ofSize(scan.key(), fact.size()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
        }
    }
}
