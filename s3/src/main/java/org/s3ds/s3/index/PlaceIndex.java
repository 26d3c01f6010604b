package org.s3ds.s3.index;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTables;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.StoreIndex;

/**
 * The index of a place, in a table of the repo. The table is opened by the first operation that needs it: a get that
 * finds its value needs none.
 */
public final class PlaceIndex implements ObjectIndex, StoreIndex {
    /** Questions that go out while the index is being filled; after a second without as many at once. */
    private static final int QUESTIONS_PER_SECOND = 500;

    private static final Duration LONGEST_LISTING = Duration.ofDays(1);

    private final KeyTables tables;
    private final String name;
    private final Path folder;
    private final IndexOptions options;
    private final Place place;
    private final IndexMeters meters;
    private final InstantSource time;
    private final Questions questions = new Questions(new EvenPace(QUESTIONS_PER_SECOND));

    /** Held while the table is opened. */
    private final ReentrantLock opening = new ReentrantLock();

    private volatile @Nullable Open open;
    private final AskedClaim claim;
    private volatile boolean hasMissed;
    private boolean isClosed;

    /** The open table. */
    private record Open(Ledger ledger, Loader loader) {}

    /**
     * Opens nothing yet.
     *
     * @param name the table's, one for each place
     * @param folder the repo's, by which a copy is told from it
     */
    public PlaceIndex(
            KeyTables tables,
            String name,
            Path folder,
            IndexOptions options,
            Place place,
            IndexMeters meters,
            InstantSource time) {
        this.tables = tables;
        this.name = name;
        this.folder = folder;
        this.options = options;
        this.place = place;
        this.claim = new AskedClaim(place);
        this.meters = meters;
        this.time = time;
    }

    private Ledger ledger() throws DatastoreException {
        return open().ledger;
    }

    private Open open() throws DatastoreException {
        Open now = open;
        if (now != null) {
            return now;
        }
        opening.lock();
        try {
            if (isClosed) {
                throw new DatastoreException("the index of " + place.inWords() + " was used after it was closed");
            }
            Open opened = open;
            if (opened == null) {
                Ledger ledger = new Ledger(tables.open(name), options, era(), Machine.words(folder), time);
                opened = new Open(ledger, new Loader(place, ledger));
                meters.show(ledger);
                open = opened;
            }
            return opened;
        } finally {
            opening.unlock();
        }
    }

    /** Of a place that is shared no claim says that it is another one than it was, at another server, say. */
    private String era() {
        return options.exclusive() ? tables.era() : tables.era() + " " + place.inWords();
    }

    /** The ledger, after it has been told what the claim says, and with its loading begun. */
    private Ledger told() throws DatastoreException {
        Open now = open();
        tell(now.ledger);
        return filled(now);
    }

    private void tell(Ledger ledger) throws DatastoreException {
        if (ledger.outlook().trust() != Outlook.Trust.UNTOLD) {
            return;
        }
        Optional<Ownership> held = options.exclusive() ? place.held() : Optional.empty();
        if (held.isPresent()) {
            ledger.claimed(held.get());
        } else {
            ledger.told(options.exclusive() ? claim.standing() : Optional.empty());
        }
    }

    private static Ledger filled(Open now) throws DatastoreException {
        if (now.ledger.outlook().isLacking() && !now.loader.isRunning()) {
            now.loader.begin();
        }
        return now.ledger;
    }

    @Override
    public Optional<byte[]> get(Key key, Get get) throws DatastoreException {
        if (isKnownAbsent(key)) {
            meters.answered(false);
            return Optional.empty();
        }
        Optional<byte[]> value = hasMissed ? questions.look(ledger(), key, get) : get.get();
        if (value.isEmpty()) {
            hasMissed = true;
            return again(key, get);
        }
        return value;
    }

    /** What is not there and must be is asked about, and read once more if it is there after all. */
    private Optional<byte[]> again(Key key, Get get) throws DatastoreException {
        Optional<Questions.Answer> answer = lookAgain(key);
        if (answer.isPresent() && answer.get().hasVanished()) {
            throw new VanishedException(place.whereIs(key));
        }
        return answer.isPresent() && answer.get().size().isPresent() ? get.get() : Optional.empty();
    }

    /** A session that reads one value need not know more than that value. */
    private boolean isKnownAbsent(Key key) throws DatastoreException {
        if (hasMissed) {
            return told().lookup(key) == Known.Nothing.ABSENT;
        }
        Open now = open;
        return now != null && now.ledger.lookup(key) == Known.Nothing.ABSENT;
    }

    /**
     * Asks once more about what was absent just now: it may have been stored while the first answer was on its way.
     *
     * @return empty when nothing says that it must be there
     */
    private Optional<Questions.Answer> lookAgain(Key key) throws DatastoreException {
        Ledger ledger = ledger();
        if (!ledger.holds(key)) {
            return Optional.empty();
        }
        tell(ledger);
        Questions.Answer answer = questions.askAgain(ledger, key, place.ask(key));
        if (answer.hasVanished()) {
            meters.vanished();
        }
        return Optional.of(answer);
    }

    @Override
    public OptionalLong size(Key key, Ask ask) throws DatastoreException {
        Ledger ledger = told();
        Known known = ledger.lookup(key);
        return switch (known) {
            case Known.Present(long size) -> {
                meters.answered(true);
                yield OptionalLong.of(size);
            }
            case Known.Nothing.ABSENT -> {
                meters.answered(false);
                yield OptionalLong.empty();
            }
            case Known.Nothing.UNKNOWN -> {
                meters.asked();
                yield questions.ask(ledger, key, ask);
            }
        };
    }

    @Override
    public void absent(Key key) throws DatastoreException {
        lookAgain(key);
    }

    @Override
    public void put(Key key, long size, boolean isBlock, Act act) throws DatastoreException {
        Ledger ledger = claimed();
        if (isBlock && isStored(ledger, key, size)) {
            meters.spared();
            return;
        }
        change(ledger, Map.of(key, new Doubts.Change.Put(size)), () -> {
            act.act();
            return Map.of();
        });
    }

    private boolean isStored(Ledger ledger, Key key, long size) throws DatastoreException {
        return options.exclusive()
                && ledger.lookup(key).equals(new Known.Present(size))
                && (ledger.notes(key) & SUSPECT) == 0;
    }

    @Override
    public Map<Key, DatastoreException> deleteAll(List<Key> keys, ActOnAll act) throws DatastoreException {
        Map<Key, Doubts.Change> changes = new HashMap<>();
        keys.forEach(key -> changes.put(key, new Doubts.Change.Delete()));
        return change(claimed(), changes, act);
    }

    /** The ledger, after it has been told by which claim the place is this session's. */
    private Ledger claimed() throws DatastoreException {
        held();
        return filled(open());
    }

    private Map<Key, DatastoreException> change(Ledger ledger, Map<Key, Doubts.Change> changes, ActOnAll act)
            throws DatastoreException {
        try (Undertaking undertaking = new Undertaking(ledger, questions, changes)) {
            Map<Key, DatastoreException> failures = act.act();
            undertaking.happened(failures.keySet());
            return failures;
        }
    }

    @Override
    public Optional<ScanResults.Source> keys() throws DatastoreException {
        Ledger ledger = told();
        if (ledger.outlook().isLacking()) {
            awaitKeys();
        }
        if (!ledger.outlook().knowsAll()) {
            return Optional.empty();
        }
        settle(ledger);
        return Optional.of(new KnownKeys(ledger));
    }

    /** A listing beside the one that is under way would ask for the same pages; if that fails, so will the other. */
    private void awaitKeys() throws DatastoreException {
        try {
            open().loader.await(LONGEST_LISTING, true);
        } catch (DatastoreException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    /** Asks about what is in doubt. */
    private void settle(Ledger ledger) throws DatastoreException {
        new ManyQuestions(place, questions).ask(ledger, ledger.open());
    }

    @Override
    public void disown() {
        Open now = open;
        if (now != null) {
            now.ledger.disown();
        }
    }

    @Override
    public Optional<StoreIndex> shown() {
        return Optional.of(this);
    }

    @Override
    public void held() throws DatastoreException {
        Optional<Ownership> held = options.exclusive() ? place.held() : Optional.empty();
        if (held.isPresent()) {
            ledger().claimed(held.get());
        }
    }

    @Override
    public Status status() throws DatastoreException {
        Ledger ledger = ledger();
        tell(ledger);
        return status(ledger);
    }

    @Override
    public Optional<Status> seen() throws DatastoreException {
        Open now = open;
        if (now == null || (options.exclusive() && now.ledger.outlook().trust() == Outlook.Trust.UNTOLD)) {
            return Optional.empty();
        }
        return Optional.of(status(now.ledger));
    }

    private Status status(Ledger ledger) throws DatastoreException {
        String begin = ledger.outlook().covered().begin();
        boolean isLoading = ledger.outlook().isLacking();
        return new Status(
                place.inWords(),
                ledger.outlook().inWords(),
                ledger.totals(),
                ledger.open().size(),
                isLoading && begin.startsWith("/") ? Optional.of(Key.raw(begin)) : Optional.empty(),
                ledger.diskUsage());
    }

    @Override
    public Optional<Totals> totals() throws DatastoreException {
        Ledger ledger = ledger();
        if (ledger.sums().isPresent() && !ledger.open().isEmpty()) {
            tell(ledger);
            settle(ledger);
        }
        return ledger.sums();
    }

    @Override
    public Totals rebuild(Progress progress) throws DatastoreException {
        Ledger ledger = told();
        if (options.exclusive() && !ledger.outlook().isAlone()) {
            throw new DatastoreException("the index of " + place.inWords()
                    + " cannot be built: this repo holds no claim on the place; \"s3ds claim take\" makes one");
        }
        ledger.startAnew();
        Loader loader = open().loader;
        loader.begin();
        while (!loader.await(Duration.ofMillis(200), true)) {
            progress.listed(loader.listed());
        }
        progress.listed(loader.listed());
        return ledger.totals();
    }

    @Override
    public Compared verify(Progress progress, Drifts drifts) throws DatastoreException {
        Ledger ledger = told();
        settle(ledger);
        return new Comparison(place, ledger, progress, drifts).run();
    }

    @Override
    public boolean awaitLoaded(Duration most) throws DatastoreException {
        told();
        return open().loader.await(most, false);
    }

    @Override
    public int notes(Key key) throws DatastoreException {
        return ledger().notes(key);
    }

    @Override
    public void note(Key key, int bits) throws DatastoreException {
        if ((bits & SUSPECT) != 0) {
            ledger().note(key, bits);
            return;
        }
        Open now = open;
        // a session that only reads values need not open the table for what else is noted of them
        if (now != null) {
            now.ledger.note(key, bits);
        }
    }

    @Override
    public void close() throws DatastoreException {
        Open last;
        opening.lock();
        try {
            last = isClosed ? null : open;
            isClosed = true;
        } finally {
            opening.unlock();
        }
        if (last != null) {
            last.loader.close();
            meters.close();
            last.ledger.close();
        }
    }
}
