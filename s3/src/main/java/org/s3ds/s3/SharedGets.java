package org.s3ds.s3;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Identical GETs that are under way at once, as one request: the first caller sends it, the others take its answer.
 *
 * <ul>
 *   <li>A failure is everyone's. But when the first caller was interrupted, one of the others goes on.
 *   <li>An answer is shared only with callers who came before the object was next written or deleted here
 *       ({@link #forget}), so that nobody gets an answer from before a put that had returned.
 *   <li>That an object is absent is believed only when the server was asked after the caller came: another process may
 *       have put it meanwhile. So an absent object costs two requests, however many ask at once.
 *   <li>A foreground caller waits for no background request, which may wait long, and sends one of its own.
 * </ul>
 *
 * <p>For any number of threads.
 */
final class SharedGets {
    /** Sends the request, tries again included. */
    interface Get {
        Optional<byte[]> send() throws S3Exception;
    }

    private record Wanted(String name, Priority priority) {}

    /** A request under way, for those who wait for it. */
    private static final class Flight {
        private final CountDownLatch landed = new CountDownLatch(1);
        /** What came of it, set before it has landed; neither when its caller could not finish it. */
        private volatile boolean answered;

        private volatile @Nullable S3Exception failure;
        private volatile Optional<byte[]> answer = Optional.empty();
        /** The requests of those who waited for this one in vain. */
        private final AtomicReference<@Nullable Flight> nextInForeground = new AtomicReference<>();

        private final AtomicReference<@Nullable Flight> nextInBackground = new AtomicReference<>();

        /** The request that comes after this one: null when that is the caller's own. */
        private @Nullable Flight next(Priority priority, Flight own) {
            return switch (priority) {
                case FOREGROUND -> nextInForeground.compareAndExchange(null, own);
                case BACKGROUND -> nextInBackground.compareAndExchange(null, own);
            };
        }

        /** Waits until it has landed, and fails as it did. */
        private void await() throws S3Exception, InterruptedException {
            landed.await();
            S3Exception everyones = failure;
            if (everyones != null) {
                throw everyones;
            }
        }
    }

    private final ConcurrentMap<Wanted, Flight> flights = new ConcurrentHashMap<>();

    /** The answer to a request of this caller, or to one that is under way. */
    Optional<byte[]> get(String name, Priority priority, Get get) throws S3Exception, InterruptedException {
        Wanted wanted = new Wanted(name, priority);
        Flight own = new Flight();
        Flight other = other(wanted, own);
        if (other == null) {
            return lead(wanted, own, get);
        }
        other.await();
        return other.answer.isPresent() ? other.answer : getAfter(other, wanted, own, get);
    }

    /** As {@link #get} does, for one who waited for another's request in vain. */
    private Optional<byte[]> getAfter(Flight vain, Wanted wanted, Flight own, Get get)
            throws S3Exception, InterruptedException {
        Flight other = vain.next(wanted.priority(), own);
        while (other != null) {
            other.await();
            if (other.answered) {
                return other.answer;
            }
            other = other.next(wanted.priority(), own);
        }
        flights.putIfAbsent(wanted, own);
        return lead(wanted, own, get);
    }

    /** The request to wait for; null when there was none, and the caller's own is under way now. */
    private @Nullable Flight other(Wanted wanted, Flight own) {
        if (wanted.priority() == Priority.BACKGROUND) {
            Flight sooner = flights.get(new Wanted(wanted.name(), Priority.FOREGROUND));
            if (sooner != null) {
                return sooner;
            }
        }
        return flights.putIfAbsent(wanted, own);
    }

    private Optional<byte[]> lead(Wanted wanted, Flight own, Get get) throws S3Exception {
        try {
            Optional<byte[]> answer = get.send();
            own.answer = answer;
            own.answered = true;
            return answer;
        } catch (S3Exception e) {
            if (!Thread.currentThread().isInterrupted()) {
                own.failure = e;
            }
            throw e;
        } finally {
            flights.remove(wanted, own);
            own.landed.countDown();
        }
    }

    /** The object was written or deleted: whoever comes from now on shares no answer from before. */
    void forget(String name) {
        for (Priority priority : Priority.values()) {
            flights.remove(new Wanted(name, priority));
        }
    }
}
