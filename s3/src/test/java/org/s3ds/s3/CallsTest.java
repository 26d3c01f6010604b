package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.s3.MisbehavingServer.Reply;

/** How often, and after which waits, a call is sent again. Time is the test's own. */
@Timeout(60)
class CallsTest {
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    /** The longest wait that jitter allows. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void waitsDoubleUpToTenSeconds() {
        Backoff backoff = new Backoff(LONGEST);
        assertEquals(Duration.ofMillis(50), backoff.after(1, false));
        assertEquals(Duration.ofMillis(100), backoff.after(2, false));
        assertEquals(Duration.ofMillis(1_600), backoff.after(6, false));
        assertEquals(Duration.ofSeconds(10), backoff.after(9, false));
        assertEquals(Duration.ofSeconds(10), backoff.after(1_000_000, false));
        assertEquals(Duration.ofMillis(250), backoff.after(1, true));
    }

    @Test
    void jitterTakesAnyPartOfTheWait() {
        Backoff backoff = new Backoff(() -> 0);
        assertEquals(Duration.ZERO, backoff.after(5, true));
    }

    @Test
    void allAttemptsAreMadeWithTheWaitsBetweenThem() throws Exception {
        S3Failure failure =
                failure(Reply.error(500, "InternalError"), new Persistence(4, Duration.ofHours(1), ATTEMPT));
        assertEquals(4, failure.attempts());
        assertTrue(failure.elapsed().compareTo(Duration.ofMillis(50 + 100 + 200)) >= 0, failure.toString());
        assertTrue(failure.retryMayHelp());
    }

    @Test
    void noAttemptBeginsWhenTheTimeIsOver() throws Exception {
        Persistence persistence = new Persistence(100, Duration.ofMinutes(2), ATTEMPT);
        S3Failure failure = failure(Reply.error(500, "InternalError"), persistence);
        assertTrue(failure.attempts() < 20, failure.toString());
        assertTrue(failure.elapsed().compareTo(Duration.ofMinutes(2)) < 0, failure.toString());
    }

    @Test
    void aServerThatNamesTheTimeIsLeftAloneForIt() throws Exception {
        Persistence persistence = new Persistence(2, Duration.ofMinutes(2), ATTEMPT);
        S3Failure failure = failure(Reply.error(503, "SlowDown").with("Retry-After", "30"), persistence);
        assertEquals(2, failure.attempts());
        assertTrue(failure.elapsed().toSeconds() >= 30, failure.toString());
    }

    @Test
    void aServerThatNamesTheTimeIsLeftAloneByAllOthersToo() throws Exception {
        Reply busy = Reply.error(429, "TooManyRequests").with("Retry-After", "30");
        try (MisbehavingServer server = new MisbehavingServer(
                        exchange -> exchange.send(exchange.number() == 1 ? busy : exchange.right()));
                FaultyStore store =
                        new FaultyStore(server.endpoint(), new Persistence(1, Duration.ofMinutes(2), ATTEMPT))) {
            FaultyCall.fill(server.bucket());
            assertThrows(S3Exception.class, () -> FaultyCall.PUT.run(store.store(), server.bucket()));
            assertEquals(Duration.ZERO, store.waited(), "it is not tried again");
            FaultyCall.GET.run(store.store().inBackground(), server.bucket());
            assertTrue(store.waited().toSeconds() >= 29, store.waited().toString());
            FaultyCall.GET.run(store.store(), server.bucket());
            assertTrue(store.waited().toSeconds() < 31, store.waited().toString());
        }
    }

    @Test
    void aServerThatNamesTooLongATimeIsNotAskedAgain() throws Exception {
        Persistence persistence = new Persistence(5, Duration.ofMinutes(2), ATTEMPT);
        S3Failure failure = failure(Reply.error(503, "SlowDown").with("Retry-After", "121"), persistence);
        assertEquals(1, failure.attempts());
        assertTrue(failure.retryMayHelp());
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<S3Exception> failure = new AtomicReference<>();
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
                    asked.countDown();
                    exchange.waitForTheEnd();
                });
                FaultyStore store =
                        new FaultyStore(server.endpoint(), new Persistence(3, Duration.ofHours(1), ATTEMPT))) {
            Thread caller = Thread.ofVirtual().start(() -> {
                failure.set(assertThrows(S3Exception.class, () -> FaultyCall.PUT.run(store.store(), server.bucket())));
                assertTrue(Thread.currentThread().isInterrupted());
            });
            asked.await();
            caller.interrupt();
            caller.join();
            assertEquals(1, server.requests().size());
        }
        assertTrue(failure.get().toString().contains("interrupted"), failure.toString());
        assertTrue(failure.get() instanceof OutcomeUnknownException, failure.toString());
    }

    private static S3Failure failure(Reply reply, Persistence persistence) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(exchange -> exchange.send(reply));
                FaultyStore store = new FaultyStore(server.endpoint(), persistence, LONGEST)) {
            S3Exception failure =
                    assertThrows(S3Exception.class, () -> FaultyCall.GET.run(store.store(), server.bucket()));
            assertFalse(failure instanceof OutcomeUnknownException, failure.toString());
            assertEquals(failure.failure().attempts(), server.requests().size());
            return failure.failure();
        }
    }
}
