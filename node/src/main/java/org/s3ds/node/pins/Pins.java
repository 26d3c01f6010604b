package org.s3ds.node.pins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;

/**
 * The pins of a node: what garbage collection keeps, in Kubo's own records and indexes. The records are the truth, the
 * indexes follow from them. Any thread may call anything.
 *
 * <p>A change is written in this order, so that a crash at any point loses no pin and no one trusts a half-written
 * index: the mark {@code dirty}, the new record, its indexes, then what it replaces is removed, all synced; last the
 * mark is taken back. A mark found from an earlier crash stays, for whoever rebuilds the indexes.
 */
public final class Pins {
    private static final byte CLEAN = 0;
    private static final byte DIRTY = 1;

    private final Datastore root;
    private final Supplier<String> ids;

    /**
     * Keeps one change from being written into another; held over the store's calls, since their order is its point.
     */
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * Pins in a datastore.
     *
     * @param root the whole datastore of the repo; closed by whoever opened it
     */
    public Pins(Datastore root) {
        this(root, () -> Key.random().base());
    }

    /** With a source of ids, 32 hex digits each, for tests. */
    Pins(Datastore root, Supplier<String> ids) {
        this.root = root;
        this.ids = ids;
    }

    /**
     * Pins a CID and all that is below it; durable on return. The blocks must be stored and synced before. A pin of the
     * same CID, recursive or direct, is replaced, name and all.
     *
     * @param name empty for none
     * @throws IllegalArgumentException when the name is longer than {@value PinRecord#LONGEST_NAME} bytes
     */
    public void addRecursive(Cid cid, String name) throws IOException {
        PinRecord pin = PinRecord.checked(cid, PinMode.RECURSIVE, name);
        writing.lock();
        try {
            boolean wasClean = isClean();
            if (wasClean) {
                putState(DIRTY);
            }
            List<Pinned> replaced = pinned(cid);
            add(pin);
            for (Pinned old : replaced) {
                remove(old);
            }
            root.sync(PinKeys.PINS);
            if (wasClean) {
                putState(CLEAN);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Whether this CID, in this version and codec, has a recursive pin of its own. */
    public boolean isRecursive(Cid cid) throws IOException {
        Query any = Query.keys(PinKeys.index(PinMode.RECURSIVE, cid)).withSlice(0, 1);
        try (Results results = root.query(any)) {
            return results.next().isPresent();
        }
    }

    private record Pinned(String id, PinMode mode, Cid cid) {}

    private List<Pinned> pinned(Cid cid) throws IOException {
        List<Pinned> found = new ArrayList<>();
        for (PinMode mode : PinMode.values()) {
            try (Results results = root.query(Query.keys(PinKeys.index(mode, cid)))) {
                for (Entry entry : results.rest()) {
                    found.add(new Pinned(PinKeys.parseIndexEntry(entry.key()).id(), mode, cid));
                }
            }
        }
        return found;
    }

    private void add(PinRecord pin) throws IOException {
        String id = ids.get();
        root.put(PinKeys.record(id), pin.encode());
        root.put(PinKeys.indexEntry(pin.mode(), pin.cid(), id), new byte[0]);
        if (!pin.name().isEmpty()) {
            root.put(PinKeys.nameEntry(pin.name(), id), new byte[0]);
        }
    }

    private void remove(Pinned old) throws IOException {
        Optional<byte[]> record = root.get(PinKeys.record(old.id()));
        root.delete(PinKeys.indexEntry(old.mode(), old.cid(), old.id()));
        if (record.isPresent()) {
            String name = PinRecord.decode(record.get()).name();
            if (!name.isEmpty()) {
                root.delete(PinKeys.nameEntry(name, old.id()));
            }
            root.delete(PinKeys.record(old.id()));
        }
    }

    /** No mark means clean; an empty one, over which Kubo stumbles, does not. */
    private boolean isClean() throws IOException {
        Optional<byte[]> state = root.get(PinKeys.DIRTY);
        return state.isEmpty() || (state.get().length > 0 && state.get()[0] == CLEAN);
    }

    private void putState(byte state) throws IOException {
        root.put(PinKeys.DIRTY, new byte[] {state});
        root.sync(PinKeys.DIRTY);
    }
}
