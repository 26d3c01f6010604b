package org.s3ds.node.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.TableChanges;
import org.s3ds.index.RocksTables;

/**
 * The names of all values that a source has had since its migration began, kept from run to run: what was copied and is
 * gone from the source must go from the target, and nothing else that is there. Belongs to one thread.
 */
final class Names implements AutoCloseable {
    private static final int TOGETHER = 1000;
    private static final byte[] NOTHING = new byte[0];

    private final KeyTable table;
    private TableChanges added = new TableChanges();
    private int pending;
    private long count;

    private Names(KeyTable table) {
        this.table = table;
    }

    /** Those of a folder, which need not be there yet. */
    static Names open(Path folder) throws IOException {
        Names names = new Names(new RocksTables(folder, "").open("names"));
        try (KeyTable.Scan scan = names.scan()) {
            while (scan.next()) {
                names.count++;
            }
        }
        return names;
    }

    /** Whether it was not there. */
    boolean add(Key key) throws DatastoreException {
        boolean isNew = !contains(key);
        if (isNew) {
            count++;
            added.put(key, NOTHING);
            if (++pending == TOGETHER) {
                write();
            }
        }
        return isNew;
    }

    void removeAll(List<Key> keys) throws DatastoreException {
        TableChanges removed = new TableChanges();
        keys.forEach(removed::remove);
        table.write(removed);
        count -= keys.size();
    }

    /** Whether a name was added and {@link #write written}. */
    boolean contains(Key key) throws DatastoreException {
        return table.get(key) != null;
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** Makes what was added so far survive a kill, and be seen. */
    void write() throws DatastoreException {
        table.write(added);
        added = new TableChanges();
        pending = 0;
    }

    /** The names that were there when it was called; to be closed. */
    KeyTable.Scan scan() throws DatastoreException {
        return table.scan(Optional.empty());
    }

    @Override
    public void close() throws DatastoreException {
        try {
            write();
        } finally {
            table.close();
        }
    }
}
