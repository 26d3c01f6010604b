package org.s3ds.s3.index;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.datastore.TableChanges;
import org.s3ds.s3.index.Outlook.Trust;

/**
 * The books of an index: what is known of each key, and whether it may be believed. Nothing is asked of the place here,
 * so that its lock, under which everything is written, waits for the disk of this machine at most, a few times in a
 * session; {@link #lookup} takes none.
 *
 * <ul>
 *   <li>A change is noted before its request is sent, and settled when its end is known. What was noted and not settled
 *       is in doubt, also after a kill, and is asked about.
 *   <li>What an earlier process wrote is believed only when nobody else can have been here since: the repo's era is the
 *       same, the table has lost nothing, the process that wrote last closed it or was killed on this run of this
 *       machine, and, where the place is this repo's alone, the claim that counts is the one it was written under.
 *       Otherwise an epoch begins, and facts of earlier ones count for nothing.
 * </ul>
 */
final class Ledger implements AutoCloseable {
    private static final String STATE = "state";
    private static final String COVERED = "covered";
    private static final String UNKNOWN_WRITER = "?";
    /** What was seen while others could write says little of a place that is this repo's alone, and the reverse. */
    private static final String SHARED = " shared";

    private static final Totals NOTHING = new Totals(0, 0);

    private final KeyTable table;
    private final IndexOptions options;
    private final String writer;
    private final InstantSource time;
    private final Absences absences;
    private final Doubts doubts = new Doubts();

    private volatile Outlook outlook;
    private volatile Totals totals;

    /**
     * Opens the books.
     *
     * @param table closed with this
     * @param era the repo's now
     * @param writer words for this run of this machine; blank when there are none
     */
    Ledger(KeyTable table, IndexOptions options, String era, String writer, InstantSource time)
            throws DatastoreException {
        String ownEra = options.exclusive() ? era : era + SHARED;
        this.table = table;
        this.options = options;
        this.writer = writer.isEmpty() ? UNKNOWN_WRITER : writer;
        this.time = time;
        this.absences = new Absences(options.absentFor(), time);
        Optional<BookState> written = table.record(STATE).flatMap(BookState::decode);
        BookState state = written.orElse(BookState.NONE);
        Coverage covered = table.record(COVERED).map(Coverage::decode).orElse(Coverage.NOTHING);
        this.totals = table.record(Posting.TOTALS).map(Posting::decode).orElse(NOTHING);
        this.outlook = new Outlook(state, covered, Trust.UNTOLD, options.exclusive(), false);
        boolean wasKilled = !state.writer().isEmpty();
        boolean isAfterCrash = wasKilled && (writer.isEmpty() || !state.writer().equals(writer));
        boolean isOlder = written.isEmpty() || table.hasLostWrites();
        if (isOlder || isAfterCrash || !state.era().equals(ownEra)) {
            // facts may be left that are of later epochs than what is left of the state
            BookState last = isOlder ? state.after(time.instant().toEpochMilli()) : state;
            beginEpoch(last.anew("", ownEra).writtenBy(""), Trust.UNTOLD);
        }
        table.intents().forEach(doubts::open);
    }

    /** Nothing that was written before counts from now on. Under the lock, or before anybody else is here. */
    private void beginEpoch(BookState state, Trust trust) throws DatastoreException {
        table.write(new TableChanges()
                .record(STATE, state.encode())
                .record(COVERED, Coverage.NOTHING.encode())
                .record(Posting.TOTALS, Posting.encode(NOTHING)));
        table.sync();
        absences.clear();
        doubts.disturb();
        totals = NOTHING;
        outlook = new Outlook(state, Coverage.NOTHING, trust, options.exclusive(), false);
    }

    /** What is known of a key. */
    Known lookup(Key key) throws DatastoreException {
        if (doubts.contains(key)) {
            return Known.Nothing.UNKNOWN;
        }
        Outlook now = outlook;
        Fact fact = Fact.decode(table.get(key));
        if (fact != null && fact.isThere() && now.isCurrent(fact) && isBelieved(fact, now)) {
            return new Known.Present(fact.size());
        }
        // with an epoch that has begun meanwhile the fact may be of that
        boolean isAbsent = now.provesAbsence(key, fact)
                && outlook.state().epoch() == now.state().epoch();
        return isAbsent || absences.contains(key) ? Known.Nothing.ABSENT : Known.Nothing.UNKNOWN;
    }

    private boolean isBelieved(Fact fact, Outlook now) {
        if (options.exclusive()) {
            return now.isAlone();
        }
        long age = time.instant().getEpochSecond() - fact.seconds();
        return age >= 0 && age < options.presentFor().toSeconds();
    }

    /** What the facts are worth now. */
    Outlook outlook() {
        return outlook;
    }

    /**
     * The claim was looked at.
     *
     * @param claim the one that counts, when it is this repo's
     */
    synchronized void told(Optional<String> claim) throws DatastoreException {
        if (outlook.trust() != Trust.UNTOLD) {
            return;
        }
        if (claim.isPresent() && !claim.get().equals(outlook.state().claim())) {
            beginEpoch(outlook.state().anew(claim.get(), outlook.state().era()), Trust.OURS);
        } else {
            outlook = outlook.with(claim.isPresent() ? Trust.OURS : Trust.ANOTHERS);
        }
    }

    /** This session holds the place; called before each change. */
    synchronized void claimed(Ownership ownership) throws DatastoreException {
        if (isHeld(ownership)) {
            return;
        }
        if (outlook.state().claim().equals(ownership.before())) {
            BookState next = outlook.state().claimed(ownership.now());
            table.write(new TableChanges().record(STATE, next.encode()));
            table.sync();
            outlook = outlook.with(next).with(Trust.OURS);
        } else {
            beginEpoch(outlook.state().anew(ownership.now(), outlook.state().era()), Trust.OURS);
        }
    }

    /** Whether that is known, or known to be lost since. */
    private boolean isHeld(Ownership ownership) {
        Outlook now = outlook;
        return now.trust() != Trust.UNTOLD && now.state().claim().equals(ownership.now());
    }

    /** The place is not this repo's any more. */
    synchronized void disown() {
        outlook = outlook.with(Trust.ANOTHERS);
        absences.clear();
    }

    /** Changes are about to be asked for: from now on nothing is known of these keys. */
    synchronized void begin(Collection<Key> keys) throws DatastoreException {
        beWriter();
        TableChanges changes = new TableChanges();
        keys.forEach(changes::intend);
        table.write(changes);
        for (Key key : keys) {
            doubts.begin(key);
            absences.remove(key);
        }
    }

    /** Whoever finds this after a crash of the machine knows that more may have been written than is there. */
    private void beWriter() throws DatastoreException {
        if (!outlook.state().writer().equals(writer)) {
            BookState next = outlook.state().writtenBy(writer);
            table.write(new TableChanges().record(STATE, next.encode()));
            table.sync();
            outlook = outlook.with(next);
        }
    }

    /**
     * Changes have ended.
     *
     * @param failed those of them that may have happened or not
     */
    synchronized void end(Map<Key, Doubts.Change> changes, Set<Key> failed) throws DatastoreException {
        Map<Key, Boolean> clear = new HashMap<>();
        changes.forEach((key, change) -> {
            absences.remove(key);
            clear.put(key, doubts.end(key, change, !failed.contains(key)));
        });
        try {
            Posting posting = posting();
            for (Map.Entry<Key, Boolean> each : clear.entrySet()) {
                if (!failed.contains(each.getKey())) {
                    post(posting, each.getKey(), Objects.requireNonNull(changes.get(each.getKey())), each.getValue());
                }
            }
            totals = posting.write();
        } catch (DatastoreException e) {
            clear.keySet().forEach(doubts::open);
            throw e;
        }
    }

    /** Writes what was done, so that whoever lists finds it, though it may have to be asked about. */
    private static void post(Posting posting, Key key, Doubts.Change done, boolean isClear) throws DatastoreException {
        switch (done) {
            case Doubts.Change.Put(long size) -> posting.stored(key, size);
            case Doubts.Change.Delete _ -> posting.absent(key);
        }
        if (isClear) {
            posting.settle(key);
        }
    }

    private Posting posting() {
        return new Posting(table, doubts, outlook, time.instant().getEpochSecond(), totals);
    }

    /** A key is about to be asked about. */
    synchronized void ask(Key key) {
        doubts.ask(key);
    }

    /** There was no answer. */
    synchronized void unanswered(Key key) {
        doubts.answered(key);
        doubts.forgetIdle(key);
    }

    /**
     * There was an answer: it counts, unless something was done to the key meanwhile.
     *
     * @return whether there is nothing where there must be something
     */
    synchronized boolean answered(Key key, OptionalLong size) throws DatastoreException {
        if (!doubts.answered(key) || (options.exclusive() && !outlook.isAlone())) {
            doubts.forgetIdle(key);
            return false;
        }
        Posting posting = posting();
        Fact fact = posting.fact(key);
        boolean wasThere = fact != null && !isStale(fact) && !doubts.isChanging(key);
        posting.seen(key, size);
        totals = posting.write();
        if (size.isEmpty() && !outlook.knowsAll()) {
            absences.add(key);
        }
        return wasThere && size.isEmpty() && outlook.isAlone();
    }

    /** Whether a value is written down as being there; it need not be believed. */
    boolean holds(Key key) throws DatastoreException {
        Fact fact = Fact.decode(table.get(key));
        return fact != null && !isStale(fact);
    }

    /** Keys that must be asked about. */
    synchronized List<Key> open() {
        return doubts.open();
    }

    /** Begins to fill it anew. */
    synchronized void startAnew() throws DatastoreException {
        beginEpoch(outlook.state().anew(outlook.state().claim(), outlook.state().era()), outlook.trust());
        outlook = outlook.listed(true);
    }

    /**
     * Takes in a page of a listing.
     *
     * @param epoch when the listing began
     * @param isKept whether it is written down how far the listing has come
     * @return false when another epoch has begun
     */
    synchronized boolean listed(long epoch, List<Entry> entries, Coverage.Span span, boolean isKept)
            throws DatastoreException {
        if (outlook.state().epoch() != epoch) {
            return false;
        }
        Posting posting = posting();
        for (Entry entry : entries) {
            Fact fact = posting.fact(entry.key());
            // what was done since the page was asked for is later than the page
            if (!doubts.isChanging(entry.key()) && !outlook.isCurrent(fact)) {
                posting.listed(entry.key(), fact, entry.size().orElseThrow());
            }
        }
        Coverage covered = outlook.covered().with(span);
        if (isKept) {
            posting.record(COVERED, covered.encode());
        }
        totals = posting.write();
        outlook = outlook.with(covered);
        return true;
    }

    /** The listing has come to its end; false when another epoch has begun. */
    synchronized boolean complete(long epoch) throws DatastoreException {
        if (outlook.state().epoch() != epoch) {
            return false;
        }
        BookState next = outlook.state().complete();
        table.write(new TableChanges()
                .record(STATE, next.encode())
                .record(COVERED, outlook.covered().encode()));
        table.sync();
        outlook = outlook.with(next).listed(false);
        return true;
    }

    /** Takes away, of some keys, what says nothing any more. */
    synchronized void sweep(Collection<Key> keys) throws DatastoreException {
        TableChanges changes = new TableChanges();
        for (Key key : keys) {
            Fact fact = Fact.decode(table.get(key));
            // of a key in doubt the notes may be wanted still
            if (fact != null && isStale(fact) && outlook.state().isComplete() && !doubts.contains(key)) {
                changes.remove(key);
            }
        }
        table.write(changes);
    }

    boolean isStale(Fact fact) {
        return !fact.isThere() || !outlook.isCurrent(fact);
    }

    /** All that is written, in {@link Key#BYTE_ORDER}. */
    KeyTable.Scan scan() throws DatastoreException {
        return table.scan(Optional.empty());
    }

    Totals totals() {
        return totals;
    }

    /** The totals of a place of which all is known, unless it is another's. */
    synchronized Optional<Totals> sums() {
        boolean isWhole = options.exclusive() && outlook.state().isComplete() && outlook.trust() != Trust.ANOTHERS;
        return isWhole ? Optional.of(totals) : Optional.empty();
    }

    int notes(Key key) throws DatastoreException {
        Fact fact = Fact.decode(table.get(key));
        return fact == null ? 0 : fact.notes();
    }

    /** Adds notes to a value that is known; that its bytes are wrong to one that is not, too. */
    synchronized void note(Key key, int bits) throws DatastoreException {
        Fact known = Fact.decode(table.get(key));
        Fact fact = known == null ? Fact.NONE : known;
        boolean isWanted = known != null || (bits & StoreIndex.SUSPECT) != 0;
        if (isWanted && (fact.notes() & bits) != bits) {
            table.write(new TableChanges().put(key, fact.noted(bits).encode()));
        }
    }

    OptionalLong diskUsage() throws DatastoreException {
        return table.diskUsage();
    }

    @Override
    public synchronized void close() throws DatastoreException {
        try (table) {
            byte[] covered = outlook.covered().encode();
            if (!Arrays.equals(covered, table.record(COVERED).orElse(new byte[0]))) {
                table.write(new TableChanges().record(COVERED, covered));
            }
            if (!outlook.state().writer().isEmpty()) {
                table.write(new TableChanges()
                        .record(STATE, outlook.state().writtenBy("").encode()));
                table.sync();
            }
        }
    }
}
