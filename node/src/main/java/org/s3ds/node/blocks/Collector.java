package org.s3ds.node.blocks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.ipld.Multihash;

/**
 * The right to remove blocks, which one in the process has at a time. Whoever has it looks first at the roots that keep
 * blocks, after it was given, and removes only what none of them keeps. Belongs to one thread; that thread closes it.
 */
public final class Collector implements AutoCloseable {
    /** How long it is relied on that this process decides what goes, which may cost a request to ask. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Datastore store;
    private final Protection protection;
    private final BlockCache cache;
    private final InstantSource time;
    private Instant asked;

    Collector(Datastore store, Protection protection, BlockCache cache, InstantSource time) throws IOException {
        this.store = store;
        this.protection = protection;
        this.cache = cache;
        this.time = time;
        this.asked = time.instant();
        store.requireDeletes(BlockKey.PREFIX);
        protection.begin();
    }

    /** Whether a block must stay for now, as someone put it, or relied on it, in the meantime. */
    public boolean isProtected(Multihash hash) {
        return protection.isProtected(hash);
    }

    /**
     * Removes blocks in one batch, but none that someone put, or relied on, in the meantime. Whoever wants to put one
     * of them waits until it is gone.
     *
     * @return what is gone
     * @throws org.s3ds.datastore.AccessException when this process may not, or may no longer, decide what goes
     * @throws RemovalException when some of the others could not be removed, and the rest is gone
     * @throws IOException when any of the others may be gone or not
     */
    public List<Multihash> remove(List<Multihash> hashes) throws IOException {
        askAgain();
        List<Multihash> free = protection.condemn(hashes);
        try {
            if (!free.isEmpty()) {
                delete(free);
            }
        } finally {
            cache.forgetRemoved(free);
            protection.release();
        }
        return free;
    }

    /** A clock that was put back is no reason to wait. */
    private void askAgain() throws IOException {
        Instant now = time.instant();
        if (now.isBefore(asked) || !now.isBefore(asked.plus(ASK_AGAIN))) {
            store.requireDeletes(BlockKey.PREFIX);
            asked = now;
        }
    }

    private void delete(List<Multihash> hashes) throws IOException {
        if (hashes.size() == 1) {
            delete(hashes.getFirst());
            return;
        }
        Batch batch = store.batch();
        for (Multihash hash : hashes) {
            batch.delete(BlockKey.of(hash));
        }
        try {
            batch.commit();
        } catch (BatchException e) {
            throw new RemovalException(hashes, e);
        }
    }

    private void delete(Multihash hash) throws IOException {
        try {
            store.delete(BlockKey.of(hash));
        } catch (AccessException e) {
            throw e;
        } catch (DatastoreException e) {
            throw new RemovalException(hash, e);
        }
    }

    /** Makes durable that they are gone. */
    public void sync() throws IOException {
        store.sync(BlockKey.PREFIX);
    }

    /** Gives the right back. */
    @Override
    public void close() {
        protection.end();
    }
}
