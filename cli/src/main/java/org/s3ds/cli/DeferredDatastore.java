package org.s3ds.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.CopySource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.Sha256;

/**
 * A store that is opened by the first call that needs it, and never when there is none. The server that was opened with
 * it, and serves nobody else, is closed after it.
 */
final class DeferredDatastore implements Datastore {
    private final String name;
    private final Deferred deferred;
    private final UnaryOperator<Datastore> view;

    /**
     * Defers.
     *
     * @param name what {@link #toString} says
     * @param opener called at most once at a time, and again after a failure
     */
    DeferredDatastore(String name, Opener opener) {
        this(name, new Deferred(name, opener), store -> store);
    }

    private DeferredDatastore(String name, Deferred deferred, UnaryOperator<Datastore> view) {
        this.name = name;
        this.deferred = deferred;
        this.view = view;
    }

    /** Opens the store. */
    interface Opener {
        Opened open() throws DatastoreException;
    }

    /**
     * An open store.
     *
     * @param server closed after the store
     */
    record Opened(Datastore store, Closeable server) {}

    private Datastore store() throws DatastoreException {
        return view.apply(deferred.store());
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        return store().get(key);
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        return store().has(key);
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        return store().size(key);
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        return store().sha256(key);
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return store().checksums(prefix);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        store().put(key, value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        store().delete(key);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        return store().query(query);
    }

    @Override
    public Batch batch() throws DatastoreException {
        return store().batch();
    }

    /** Nothing was put through a store that never opened. */
    @Override
    public void sync(Key prefix) throws DatastoreException {
        if (deferred.isOpen()) {
            store().sync(prefix);
        }
    }

    /** Nobody else gets at what is in it: its server is in this process, and what that keeps in the repo. */
    @Override
    public void requireDeletes(Key prefix) {}

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        return store().diskUsage();
    }

    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        return store().diskUsage(prefix);
    }

    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        return store().copies(prefix);
    }

    @Override
    public Datastore inBackground() {
        return new DeferredDatastore(name, deferred, Datastore::inBackground);
    }

    @Override
    public void close() throws DatastoreException {
        deferred.close();
    }

    @Override
    public String toString() {
        return name;
    }

    /** The store that is open, or will be. */
    private static final class Deferred {
        private final String name;
        private final Opener opener;

        /** Guards {@link #opened} and {@link #closed}; held while the store opens, so that it opens once. */
        private final ReentrantLock lock = new ReentrantLock();

        private @Nullable Opened opened;
        private boolean closed;

        private Deferred(String name, Opener opener) {
            this.name = name;
            this.opener = opener;
        }

        private Datastore store() throws DatastoreException {
            lock.lock();
            try {
                if (closed) {
                    throw new DatastoreException(name + " was used after it was closed");
                }
                if (opened == null) {
                    opened = opener.open();
                }
                return opened.store();
            } finally {
                lock.unlock();
            }
        }

        private boolean isOpen() {
            lock.lock();
            try {
                return opened != null;
            } finally {
                lock.unlock();
            }
        }

        private void close() throws DatastoreException {
            Opened last;
            lock.lock();
            try {
                closed = true;
                last = opened;
                opened = null;
            } finally {
                lock.unlock();
            }
            if (last != null) {
                close(last);
            }
        }

        private void close(Opened last) throws DatastoreException {
            try {
                closeBoth(last);
            } catch (DatastoreException e) {
                throw e;
            } catch (IOException e) {
                throw new DatastoreException(name + ": " + Failures.sentence(e), e);
            }
        }

        private static void closeBoth(Opened last) throws IOException {
            Closeable server = last.server();
            try (server) {
                last.store().close();
            }
        }
    }
}
