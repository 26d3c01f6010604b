package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.List;

/** Changes of a {@link KeyTable} that are made together, in their sequence. Belongs to one thread. */
public final class TableChanges {
    /** Where the changes are made. */
    public interface Into {
        /** Bytes for a key, in place of any before. */
        void put(Key key, byte[] value) throws DatastoreException;

        /** A key goes, if it is there. */
        void remove(Key key) throws DatastoreException;

        /** A key is noted as about to change. */
        void intend(Key key) throws DatastoreException;

        /** That is taken back, if it was noted. */
        void settle(Key key) throws DatastoreException;

        /** Bytes for a record, in place of any before. */
        void record(String name, byte[] value) throws DatastoreException;
    }

    /** One of them. */
    private interface Change {
        void make(Into into) throws DatastoreException;
    }

    private final List<Change> changes = new ArrayList<>();

    /** No changes yet. */
    public TableChanges() {}

    /** Sets the bytes of a key. */
    public TableChanges put(Key key, byte[] value) {
        changes.add(into -> into.put(key, value));
        return this;
    }

    /** Takes a key away, if it is there. */
    public TableChanges remove(Key key) {
        changes.add(into -> into.remove(key));
        return this;
    }

    /** Notes a key as about to change. */
    public TableChanges intend(Key key) {
        changes.add(into -> into.intend(key));
        return this;
    }

    /** Takes that back, if it was noted. */
    public TableChanges settle(Key key) {
        changes.add(into -> into.settle(key));
        return this;
    }

    /** Sets a record. */
    public TableChanges record(String name, byte[] value) {
        changes.add(into -> into.record(name, value));
        return this;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Makes them, one by one; whoever takes them makes all or none. */
    public void make(Into into) throws DatastoreException {
        for (Change change : changes) {
            change.make(into);
        }
    }
}
