package org.s3ds.node.blocks;

import java.io.IOException;
import java.util.List;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.ipld.Multihash;

/**
 * The right to remove blocks, which one in the process has at a time. Whoever has it looks first at the roots that keep
 * blocks, after it was given, and removes only what none of them keeps. Belongs to one thread; that thread closes it.
 */
public final class Collector implements AutoCloseable {
    private final Datastore store;
    private final Protection protection;

    Collector(Datastore store, Protection protection) throws IOException {
        this.store = store;
        this.protection = protection;
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
     * @throws IOException when some of the others may be gone, and some may not
     */
    public List<Multihash> remove(List<Multihash> hashes) throws IOException {
        store.requireDeletes(BlockKey.PREFIX);
        List<Multihash> free = protection.condemn(hashes);
        try {
            if (!free.isEmpty()) {
                delete(free);
            }
        } finally {
            protection.release();
        }
        return free;
    }

    private void delete(List<Multihash> hashes) throws IOException {
        if (hashes.size() == 1) {
            store.delete(BlockKey.of(hashes.getFirst()));
            return;
        }
        Batch batch = store.batch();
        for (Multihash hash : hashes) {
            batch.delete(BlockKey.of(hash));
        }
        batch.commit();
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
