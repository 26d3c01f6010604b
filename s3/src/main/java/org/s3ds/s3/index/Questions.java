package org.s3ds.s3.index;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/**
 * What must be asked of the place: whoever asks about a key while another does waits for that answer, and while an
 * index is being filled no more than so many a second go out. For any number of threads.
 */
final class Questions {
    /** Makes whoever may not ask yet wait. */
    @FunctionalInterface
    interface Pace {
        /** Returns when a question may be sent. */
        void await() throws InterruptedException;
    }

    /** A question under way. */
    private static final class Flight {
        private final CountDownLatch landed = new CountDownLatch(1);
        private volatile @Nullable OptionalLong answer;
        private volatile @Nullable DatastoreException failure;
    }

    private final Pace pace;
    private final Map<Key, Flight> flights = new ConcurrentHashMap<>();

    Questions(Pace pace) {
        this.pace = pace;
    }

    /** Asks, or waits for who does; the ledger learns the answer. */
    OptionalLong ask(Ledger ledger, Key key, ObjectIndex.Ask ask) throws DatastoreException {
        while (true) {
            Flight own = new Flight();
            Flight other = flights.putIfAbsent(key, own);
            if (other == null) {
                return lead(ledger, key, ask, own);
            }
            await(other, key);
            if (other.answer != null) {
                return other.answer;
            }
            if (other.failure != null) {
                throw other.failure;
            }
            // whoever asked was interrupted
        }
    }

    private static void await(Flight flight, Key key) throws DatastoreException {
        try {
            flight.landed.await();
        } catch (InterruptedException e) {
            throw interrupted(key, e);
        }
    }

    private static DatastoreException interrupted(Key key, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new DatastoreException("interrupted while asking for " + key, cause);
    }

    private OptionalLong lead(Ledger ledger, Key key, ObjectIndex.Ask ask, Flight own) throws DatastoreException {
        try {
            OptionalLong answer = answer(ledger, key, ask);
            own.answer = answer;
            return answer;
        } catch (DatastoreException e) {
            if (!Thread.currentThread().isInterrupted()) {
                own.failure = e;
            }
            throw e;
        } finally {
            flights.remove(key, own);
            own.landed.countDown();
        }
    }

    /** Whoever asked before may have had the answer after this caller looked. */
    private OptionalLong answer(Ledger ledger, Key key, ObjectIndex.Ask ask) throws DatastoreException {
        return switch (ledger.lookup(key)) {
            case Known.Present(long size) -> OptionalLong.of(size);
            case Known.Nothing.ABSENT -> OptionalLong.empty();
            case Known.Nothing.UNKNOWN -> asked(ledger, key, ask).size();
        };
    }

    /** What was answered, and whether it must have been otherwise. */
    record Answer(OptionalLong size, boolean hasVanished) {}

    /** Asks about what must be there, and shares that with nobody. */
    Answer askAgain(Ledger ledger, Key key, ObjectIndex.Ask ask) throws DatastoreException {
        return asked(ledger, key, ask);
    }

    private Answer asked(Ledger ledger, Key key, ObjectIndex.Ask ask) throws DatastoreException {
        boolean isAnswered = false;
        ledger.ask(key);
        try {
            if (ledger.outlook().isLacking()) {
                pace.await();
            }
            OptionalLong size = ask.ask();
            isAnswered = true;
            return new Answer(size, ledger.answered(key, size));
        } catch (InterruptedException e) {
            throw interrupted(key, e);
        } finally {
            if (!isAnswered) {
                ledger.unanswered(key);
            }
        }
    }

    /** Gets what may be absent: then the ledger learns that, unless it must be there. What is there is not noted. */
    Optional<byte[]> look(Ledger ledger, Key key, ObjectIndex.Get get) throws DatastoreException {
        if (ledger.lookup(key) instanceof Known.Present || ledger.holds(key)) {
            return get.get();
        }
        boolean isAbsent = false;
        ledger.ask(key);
        try {
            Optional<byte[]> value = get.get();
            isAbsent = value.isEmpty();
            return value;
        } finally {
            if (isAbsent) {
                ledger.answered(key, OptionalLong.empty());
            } else {
                ledger.unanswered(key);
            }
        }
    }

    /** Something is done to a key: whoever asks from now on shares no answer from before. */
    void forget(Key key) {
        flights.remove(key);
    }
}
