package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.TableChanges;
import org.s3ds.index.ScratchTable;

/**
 * The names that one pass has met, in a folder on this machine that goes at the end: what is among {@link Names} and
 * not here is gone from the source. Belongs to one thread.
 */
final class Seen implements AutoCloseable {
    private static final int TOGETHER = 1000;
    private static final byte[] NOTHING = new byte[0];

    private final ScratchTable scratch;
    private TableChanges added = new TableChanges();
    private int pending;

    private Seen(ScratchTable scratch) {
        this.scratch = scratch;
    }

    /**
     * None yet.
     *
     * @param folder for this alone: it is removed first, when a killed process has left it, and at the end
     */
    static Seen open(Path folder) throws IOException {
        return new Seen(ScratchTable.open(folder, "seen"));
    }

    void add(Key key) throws DatastoreException {
        added.put(key, NOTHING);
        if (++pending == TOGETHER) {
            write();
        }
    }

    private void write() throws DatastoreException {
        scratch.table().write(added);
        added = new TableChanges();
        pending = 0;
    }

    /** Those of others that were not met. Nothing is added from then on; to be closed before this is. */
    Lacking lackingOf(Names names) throws DatastoreException {
        write();
        KeyTable.Scan all = names.scan();
        try {
            return new Lacking(all, scratch.table().scan(Optional.empty()));
        } catch (DatastoreException e) {
            all.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }

    /**
     * Goes through two tables at once, both in {@link Key#BYTE_ORDER}. Before the first {@link #next} it stands at
     * none.
     */
    static final class Lacking implements AutoCloseable {
        private final KeyTable.Scan all;
        private final KeyTable.Scan seen;
        private boolean isMore;

        private Lacking(KeyTable.Scan all, KeyTable.Scan seen) throws DatastoreException {
            this.all = all;
            this.seen = seen;
            this.isMore = seen.next();
        }

        /** Goes to the next name that was not met; false at the end. */
        boolean next() throws DatastoreException {
            while (all.next()) {
                while (isMore && Key.BYTE_ORDER.compare(seen.key(), all.key()) < 0) {
                    isMore = seen.next();
                }
                if (!isMore || !seen.key().equals(all.key())) {
                    return true;
                }
            }
            return false;
        }

        /** This name. */
        Key key() {
            return all.key();
        }

        @Override
        public void close() {
            try (all) {
                seen.close();
            }
        }
    }
}
