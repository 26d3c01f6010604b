package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.FaultRow.Ending;
import org.s3ds.s3.MisbehavingServer.Request;
import org.s3ds.s3.S3Failure.Outcome;

/**
 * Every fault, and every call that it may happen to, once and for good: the right value, or a failure that tells what
 * is known. After each, all connections are there to be used, and when the store is closed, none is left.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaultMatrixTest {
    private static final Persistence QUICK = new Persistence(4, Duration.ofMinutes(10), Duration.ofSeconds(30));
    /** For faults that cost an attempt its time. */
    private static final Persistence SLOW = new Persistence(2, Duration.ofMinutes(10), Duration.ofSeconds(1));
    /** For those that pass: on a busy machine the time may be short for attempts that meet none. */
    private static final Persistence PATIENT = new Persistence(20, Duration.ofMinutes(10), Duration.ofSeconds(1));

    static Stream<Arguments> passing() {
        return FaultRows.quick().flatMap(FaultMatrixTest::withEachCall);
    }

    static Stream<Arguments> lasting() {
        return Stream.concat(FaultRows.quick(), FaultRows.lasting()).flatMap(FaultMatrixTest::withEachCall);
    }

    private static Stream<Arguments> withEachCall(FaultRow row) {
        return Stream.of(FaultyCall.values()).map(call -> Arguments.of(row, call));
    }

    static Stream<FaultRow> slow() {
        return FaultRows.slow();
    }

    @AfterAll
    static void noThreadIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("s3ds-")) {
                assertTrue(thread.join(Duration.ofSeconds(30)), thread.getName());
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("passing")
    void once(FaultRow row, FaultyCall call) throws Exception {
        happensOnce(row, call, QUICK);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lasting")
    void always(FaultRow row, FaultyCall call) throws Exception {
        happensAlways(row, call, QUICK);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void onceAndAlwaysToAllCallsAtOnce(FaultRow row) throws Exception {
        List<Callable<Void>> all = Stream.of(FaultyCall.values())
                .<Callable<Void>>mapMulti((call, tests) -> {
                    tests.accept(() -> happensOnce(row, call, PATIENT));
                    tests.accept(() -> happensAlways(row, call, row.ending(call) == Ending.RETRIED ? SLOW : PATIENT));
                })
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> test : threads.invokeAll(all)) {
                test.get();
            }
        }
    }

    private static Void happensOnce(FaultRow row, FaultyCall call, Persistence persistence) throws Exception {
        AtomicBoolean happened = new AtomicBoolean();
        return on(row, request -> happened.compareAndSet(false, true), persistence, (store, server) -> {
            switch (row.ending(call)) {
                case RIGHT, RETRIED, RIGHT_OR_RETRIED -> call.run(store.store(), server.bucket());
                case ABSENT, ABSENT_WITH_PROOF -> assertAbsent(call, store);
                case REFUSED -> assertFails(row, call, store, server, 1);
            }
        });
    }

    private static Void happensAlways(FaultRow row, FaultyCall call, Persistence persistence) throws Exception {
        return on(row, request -> true, persistence, (store, server) -> {
            switch (row.ending(call)) {
                case RIGHT -> call.run(store.store(), server.bucket());
                case RETRIED -> assertFails(row, call, store, server, persistence.attempts());
                case RIGHT_OR_RETRIED -> assertRightOrFails(row, call, store, server, persistence.attempts());
                case ABSENT -> assertAbsent(call, store);
                case REFUSED, ABSENT_WITH_PROOF -> assertFails(row, call, store, server, 1);
            }
        });
    }

    /** What is tried on a server that misbehaves. */
    private interface Trial {
        void run(FaultyStore store, MisbehavingServer server) throws Exception;
    }

    private static Void on(FaultRow row, Predicate<Request> when, Persistence persistence, Trial trial)
            throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(exchange -> {
            if (row.applies().test(exchange.request()) && when.test(exchange.request())) {
                row.fault().answer(exchange);
            } else {
                exchange.send(exchange.right());
            }
        })) {
            FaultyCall.fill(server.bucket());
            try (FaultyStore store = new FaultyStore(server.endpoint(), persistence)) {
                trial.run(store, server);
                store.useAllConnections(server);
            }
            server.awaitNoConnections();
        }
        return null;
    }

    /** A delete of what is absent succeeds; that the object is there all the same is the server's lie. */
    private static void assertAbsent(FaultyCall call, FaultyStore store) throws DatastoreException {
        switch (call) {
            case GET -> assertTrue(store.store().get(FaultyCall.KEY).isEmpty());
            case HAS -> assertFalse(store.store().has(FaultyCall.KEY));
            case SIZE -> assertTrue(store.store().size(FaultyCall.KEY).isEmpty());
            case DELETE -> store.store().delete(FaultyCall.KEY);
            case PUT, BATCH, QUERY -> throw new AssertionError("nothing can be absent for " + call);
        }
    }

    private static void assertRightOrFails(
            FaultRow row, FaultyCall call, FaultyStore store, MisbehavingServer server, int attempts) {
        try {
            call.run(store.store(), server.bucket());
        } catch (DatastoreException failure) {
            assertTells(row, call, failure, attempts);
        }
    }

    private static void assertFails(
            FaultRow row, FaultyCall call, FaultyStore store, MisbehavingServer server, int attempts) {
        DatastoreException failure =
                assertThrows(DatastoreException.class, () -> call.run(store.store(), server.bucket()));
        assertTells(row, call, failure, attempts);
    }

    private static void assertTells(FaultRow row, FaultyCall call, DatastoreException failure, int attempts) {
        assertFalse(failure.toString().contains(FaultyStore.SECRET), failure.toString());
        for (S3Exception one : FaultyCall.failures(failure)) {
            try {
                assertTells(row, call, one, attempts);
            } catch (AssertionError e) {
                e.addSuppressed(one);
                throw e;
            }
        }
    }

    private static void assertTells(FaultRow row, FaultyCall call, S3Exception exception, int attempts) {
        S3Failure failure = exception.failure();
        String text = exception.toString();
        assertEquals(row.status(), failure.status(), text);
        boolean isHead = failure.operation().equals("head");
        assertEquals(isHead ? "" : row.code(), failure.code(), text);
        assertEquals(attempts, failure.attempts(), text);
        assertTrue(call.operations().contains(failure.operation()), text);
        boolean isOfAll = failure.operation().equals("delete_objects");
        assertTrue(failure.object().startsWith(isOfAll ? "b" : "b/node1/"), text);
        assertTrue(failure.elapsed().compareTo(QUICK.elapsed()) < 0, text);
        assertTrue(row.code().isEmpty() || failure.requestId().equals("REQ1"), text);
        assertTrue(isHead || text.contains(row.words()), text);
        assertEquals(row.inDoubt() && !call.isRead(), exception instanceof OutcomeUnknownException, text);
        boolean told =
                call.isRead() ? failure.status() >= 300 && attempts == 1 && !failure.retryMayHelp() : !row.inDoubt();
        assertEquals(told ? Outcome.REFUSED : Outcome.UNKNOWN, failure.outcome(), text);
    }
}
