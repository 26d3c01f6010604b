package org.s3ds.node.pins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.ipld.Cid;

/**
 * The pins of a node: what garbage collection keeps, in Kubo's own records and indexes. The records are the truth, the
 * indexes follow from them. Any thread may call anything.
 *
 * <ul>
 *   <li>A change is written in this order, so that a crash at any point loses no pin and no one trusts a half-written
 *       index: the mark {@code dirty}, the new record, its indexes, then what it replaces is removed, all synced; last
 *       the mark is taken back. It is durable on return.
 *   <li>Who finds the mark of an earlier crash rebuilds the indexes, before anything is read or written.
 *   <li>Version and codec of a CID count: CIDv0 and CIDv1 of a block are pinned apart.
 *   <li>Blocks are not looked at: that is {@link Pinner}'s business.
 * </ul>
 */
public final class Pins {
    private static final byte CLEAN = 0;
    private static final byte DIRTY = 1;

    private final Datastore root;
    private final PinEntries entries;
    private final Supplier<String> ids;
    private final List<String> notices = new CopyOnWriteArrayList<>();

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
        this.entries = new PinEntries(root);
        this.ids = ids;
    }

    /** A part of a change. */
    @FunctionalInterface
    private interface Change {
        void write() throws IOException;
    }

    /**
     * Pins a CID and all that is below it. The blocks must be stored and synced before. A pin of the same CID,
     * recursive or direct, is replaced, name and all.
     *
     * @param name empty for none
     * @throws PinException when the name is longer than {@value PinRecord#LONGEST_NAME} bytes
     */
    public void addRecursive(Cid cid, String name) throws IOException {
        PinRecord pin = PinRecord.checked(cid, PinMode.RECURSIVE, name);
        exclusively(() -> replace(pin, both(cid)));
    }

    /**
     * Pins a block alone, which must be stored and synced before. A direct pin of the same CID is replaced.
     *
     * @param name empty for none
     * @throws PinException when the CID is pinned recursively, or the name is too long
     */
    public void addDirect(Cid cid, String name) throws IOException {
        PinRecord pin = PinRecord.checked(cid, PinMode.DIRECT, name);
        exclusively(() -> {
            if (!entries.find(PinMode.RECURSIVE, cid).isEmpty()) {
                throw new PinException(cid + " already pinned recursively");
            }
            replace(pin, entries.find(PinMode.DIRECT, cid));
        });
    }

    /**
     * Removes the pins of a CID.
     *
     * @param recursive whether a recursive one may go
     * @throws PinException when there is no pin of its own, or a recursive one that must not go
     */
    public void remove(Cid cid, boolean recursive) throws IOException {
        exclusively(() -> {
            List<PinKeys.IndexEntry> found = both(cid);
            if (!recursive && !entries.find(PinMode.RECURSIVE, cid).isEmpty()) {
                throw new PinException(cid + " is pinned recursively");
            }
            if (found.isEmpty()) {
                throw new PinException("not pinned or pinned indirectly");
            }
            List<PinEntries.Removal> removals = entries.removals(found);
            change(() -> removeAll(removals));
        });
    }

    /**
     * Pins another CID recursively under the name that one has.
     *
     * @param from has a recursive pin; stays as it is when it is {@code to}
     * @param unpin whether the pin of {@code from} goes
     * @throws PinException when {@code from} has no such pin, or {@code to} has one
     */
    public void update(Cid from, Cid to, boolean unpin) throws IOException {
        exclusively(() -> {
            if (checkUpdate(from, to)) {
                List<PinKeys.IndexEntry> old = both(from);
                List<PinKeys.IndexEntry> replaced = both(to);
                replaced.addAll(unpin ? old : List.of());
                replace(new PinRecord(to, PinMode.RECURSIVE, name(old.getFirst())), replaced);
            }
        });
    }

    /** Whether an update would change anything; refuses as {@link #update} does. */
    boolean checkUpdate(Cid from, Cid to) throws IOException {
        if (!isRecursive(from)) {
            throw new PinException("'from' cid was not recursively pinned already");
        }
        if (!from.equals(to) && isRecursive(to)) {
            throw new PinException("'to' cid was already recursively pinned");
        }
        return !from.equals(to);
    }

    /** Whether this CID, in this version and codec, has a recursive pin of its own. */
    public boolean isRecursive(Cid cid) throws IOException {
        settle();
        return !entries.find(PinMode.RECURSIVE, cid).isEmpty();
    }

    /** The pin of a mode that a CID has of its own. */
    public Optional<PinRecord> find(PinMode mode, Cid cid) throws IOException {
        settle();
        List<PinKeys.IndexEntry> found = entries.find(mode, cid);
        return found.isEmpty() ? Optional.empty() : Optional.of(new PinRecord(cid, mode, name(found.getFirst())));
    }

    /**
     * All pins of a mode; the cursor must be closed.
     *
     * @param names whether names are wanted, for which each record is read
     */
    public PinList list(PinMode mode, boolean names) throws IOException {
        settle();
        Query query = Query.keys(PinKeys.index(mode)).withOrders(List.of(Order.KEY));
        return new PinList(entries, mode, names, root.query(query));
    }

    /**
     * What all pins keep, at one moment: changes of pins wait until it is known. For who removes what no pin keeps.
     *
     * @throws IOException when it cannot be told whole: a record is damaged, or the store cannot be read
     */
    public PinnedRoots snapshot() throws IOException {
        writing.lock();
        try {
            settle();
            return PinnedRoots.read(entries);
        } finally {
            writing.unlock();
        }
    }

    /** What a user should know of what was found and put right; a sentence each. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /** Of an entry without a record, which other programs may have left, nothing is known but that it is one. */
    private String name(PinKeys.IndexEntry entry) throws IOException {
        return entries.record(entry.id()).map(PinRecord::name).orElse("");
    }

    private void exclusively(Change change) throws IOException {
        writing.lock();
        try {
            settle();
            change.write();
        } finally {
            writing.unlock();
        }
    }

    private void replace(PinRecord pin, List<PinKeys.IndexEntry> replaced) throws IOException {
        List<PinEntries.Removal> removals = entries.removals(replaced);
        change(() -> {
            entries.add(pin, ids.get());
            removeAll(removals);
        });
    }

    private void removeAll(List<PinEntries.Removal> removals) throws IOException {
        for (PinEntries.Removal removal : removals) {
            entries.remove(removal);
        }
    }

    private void change(Change change) throws IOException {
        putState(DIRTY);
        change.write();
        root.sync(PinKeys.PINS);
        putState(CLEAN);
    }

    private List<PinKeys.IndexEntry> both(Cid cid) throws IOException {
        List<PinKeys.IndexEntry> both = new ArrayList<>(entries.find(PinMode.RECURSIVE, cid));
        both.addAll(entries.find(PinMode.DIRECT, cid));
        return both;
    }

    /** Waits for a change that is being written; after one that was cut short, rebuilds the indexes. */
    private void settle() throws IOException {
        if (isClean()) {
            return;
        }
        writing.lock();
        try {
            Optional<byte[]> state = root.get(PinKeys.DIRTY);
            if (!isClean()) {
                PinEntries.Rebuilt rebuilt = entries.rebuild();
                putState(CLEAN);
                notices.add(notice(state.isPresent() && state.get().length == 0, rebuilt));
            }
        } finally {
            writing.unlock();
        }
    }

    private static String notice(boolean empty, PinEntries.Rebuilt rebuilt) {
        String found = empty
                ? "the mark " + PinKeys.DIRTY + " of the pins was empty, which Kubo cannot read"
                : "a change of pins was cut short";
        return "%s: their indexes were compared with the records (records: %d, put right: %d)"
                .formatted(found, rebuilt.records(), rebuilt.repaired());
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
