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
    private final Outlook outlook;
    private KeyTable.@Nullable Scan scan;

    KnownKeys(Ledger ledger) {
        this.ledger = ledger;
        this.outlook = ledger.outlook();
    }

    @Override
    public Optional<Entry> next() throws DatastoreException {
        if (scan == null) {
            scan = begun();
        }
        while (scan.next()) {
            Fact fact = Fact.decode(scan.value());
            if (fact != null && fact.isThere() && outlook.isCurrent(fact)) {
                return Optional.of(Entry.ofSize(scan.key(), fact.size()));
            }
        }
        return Optional.empty();
    }

    /** What was written in another epoch is none of what is to be listed. */
    private KeyTable.Scan begun() throws DatastoreException {
        KeyTable.Scan begun = ledger.scan();
        if (ledger.outlook().state().epoch() != outlook.state().epoch()) {
            begun.close();
            throw new DatastoreException("the index began anew while it was being listed; list once more");
        }
        return begun;
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
        }
    }
}
