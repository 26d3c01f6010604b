package org.s3ds.s3.index;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** Changes under way: noted when this is made, before they are asked for, and settled when it is closed. */
final class Undertaking implements AutoCloseable {
    private final Ledger ledger;
    private final Questions questions;
    private final Map<Key, Doubts.Change> changes;

    /** Those that may have happened or not. */
    private final Set<Key> failed;

    Undertaking(Ledger ledger, Questions questions, Map<Key, Doubts.Change> changes) throws DatastoreException {
        this.ledger = ledger;
        this.questions = questions;
        this.changes = changes;
        this.failed = new HashSet<>(changes.keySet());
        ledger.begin(changes.keySet());
        changes.keySet().forEach(questions::forget);
    }

    /** They have happened, but for some. */
    void happened(Set<Key> butFor) {
        failed.retainAll(butFor);
    }

    @Override
    public void close() throws DatastoreException {
        changes.keySet().forEach(questions::forget);
        ledger.end(changes, failed);
    }
}
