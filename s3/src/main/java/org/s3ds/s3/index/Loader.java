package org.s3ds.s3.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.StoreIndex.Totals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an index from a listing, on a thread of its own. What failed is tried again after a while, from where it came
 * to; so does the next process.
 */
final class Loader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    /** How far a listing has come is written down every so many pages; it takes as much as hundreds of keys. */
    private static final int PAGES_TO_A_NOTE = 16;

    private static final int SWEPT_AT_ONCE = 1_000;

    /** What was being listed is not wanted any more. */
    private static final class Ended extends DatastoreException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the listing for the index was ended");
        }
    }

    private final Place place;
    private final Ledger ledger;

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread;
    private boolean isClosed;
    /** Whether somebody wants it to go on at once. */
    private boolean isUrged;

    private long pages;
    private Totals listed = new Totals(0, 0);
    private Optional<DatastoreException> failure = Optional.empty();

    Loader(Place place, Ledger ledger) {
        this.place = place;
        this.ledger = ledger;
    }

    /**
     * Begins, unless it has begun, and waits for the first page: most places have no second. What failed before is
     * tried again at once.
     */
    void begin() throws DatastoreException {
        lock.lock();
        try {
            failure = Optional.empty();
            isUrged = true;
            changed.signalAll();
            if (thread == null && !isClosed) {
                pages = 0;
                listed = new Totals(0, 0);
                thread = Thread.ofVirtual().name("s3ds-index").start(this::run);
            }
            while (thread != null && pages == 0 && failure.isEmpty()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is at work. */
    boolean isRunning() {
        lock.lock();
        try {
            return thread != null;
        } finally {
            lock.unlock();
        }
    }

    /** What this run has listed so far. */
    Totals listed() {
        lock.lock();
        try {
            return listed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it has ended, or the time is over; a failure of its first try is thrown when it is asked for.
     *
     * @return whether it has ended
     */
    boolean await(Duration most, boolean isFailureThrown) throws DatastoreException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (thread != null && left > 0) {
                if (isFailureThrown && failure.isPresent()) {
                    throw failure.get();
                }
                left = changed.awaitNanos(left);
            }
            if (isFailureThrown && failure.isPresent()) {
                throw failure.get();
            }
            return thread == null;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static DatastoreException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new DatastoreException("interrupted while the index was being loaded", cause);
    }

    private void run() {
        try {
            load();
        } finally {
            end();
        }
    }

    /** Nobody waits for a thread that died. */
    private void end() {
        lock.lock();
        try {
            if (Thread.currentThread().equals(thread)) {
                thread = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void load() {
        Duration wait = FIRST_WAIT;
        while (!hasEnded()) {
            try {
                list();
                wait = FIRST_WAIT;
            } catch (Ended _) {
                // closed, or to begin anew at once
            } catch (Place.DisorderException e) {
                LOG.warn("index of {}: {}; it is listed anew, page by page", place.inWords(), e.getMessage());
                startAnew();
            } catch (DatastoreException | RuntimeException e) {
                fail(e);
                rest(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            }
        }
    }

    /** Whoever begins it anew finds it at work, or ended: so nothing goes on once this has said that it has. */
    private boolean hasEnded() {
        lock.lock();
        try {
            if (!isOver()) {
                return false;
            }
            thread = null;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return isClosed || ledger.outlook().state().isComplete();
        } finally {
            lock.unlock();
        }
    }

    private void list() throws DatastoreException {
        long epoch = ledger.outlook().state().epoch();
        countAnew();
        LOG.info("index of {}: loading begins", place.inWords());
        place.list(ledger.outlook().covered().gaps(), (entries, span) -> {
            if (isOver() || !ledger.listed(epoch, entries, span, turned(entries))) {
                throw new Ended();
            }
            tell();
        });
        if (ledger.complete(epoch)) {
            LOG.info(
                    "index of {}: complete, {} values",
                    place.inWords(),
                    ledger.totals().count());
            sweep();
        }
    }

    private void startAnew() {
        try {
            ledger.startAnew();
        } catch (DatastoreException e) {
            fail(e);
        }
    }

    private void countAnew() {
        lock.lock();
        try {
            listed = new Totals(0, 0);
            isUrged = false;
        } finally {
            lock.unlock();
        }
    }

    /** Says whether how far it has come is to be written down. */
    private boolean turned(List<Entry> entries) {
        long bytes =
                entries.stream().mapToLong(entry -> entry.size().orElseThrow()).sum();
        lock.lock();
        try {
            listed = listed.plus(entries.size(), bytes);
            return (pages + 1) % PAGES_TO_A_NOTE == 0;
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        lock.lock();
        try {
            pages++;
            failure = Optional.empty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Exception e) {
        lock.lock();
        try {
            if (!isClosed) {
                failure = Optional.of(
                        e instanceof DatastoreException told
                                ? told
                                : new DatastoreException("the index could not be loaded: " + e, e));
                LOG.warn("index of {}: {}; goes on later", place.inWords(), e.getMessage());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void rest(Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!isClosed && !isUrged && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // closed
        } finally {
            lock.unlock();
        }
    }

    /** Takes away what was written before the listing, and no listing has shown. */
    private void sweep() throws DatastoreException {
        List<Key> stale = new ArrayList<>();
        try (KeyTable.Scan scan = ledger.scan()) {
            while (scan.next() && !Thread.currentThread().isInterrupted()) {
                Fact fact = Fact.decode(scan.value());
                if (fact != null && ledger.isStale(fact)) {
                    stale.add(scan.key());
                }
                if (stale.size() == SWEPT_AT_ONCE) {
                    ledger.sweep(stale);
                    stale.clear();
                }
            }
        }
        ledger.sweep(stale);
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            isClosed = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean wasInterrupted = Thread.interrupted();
        while (running != null && running.isAlive()) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
