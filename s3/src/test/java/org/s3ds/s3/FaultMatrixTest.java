package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.s3.FaultRow.Ending;
import org.s3ds.s3.MisbehavingServer.Request;
import org.s3ds.s3.S3Failure.Outcome;
import org.s3ds.s3.index.VanishedException;

/**
 * Every fault, and every call that it may happen to, once and for good: the right value, or a failure that tells what
 * is known. After each, all connections are there to be used, the index is right, and when the store is closed, no
 * connection is left. A place that is this repo's alone is known when the fault begins.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Access.class,
        names = {"SHARED", "EXCLUSIVE"})
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FaultMatrixTest {
    private static final Persistence QUICK = new Persistence(4, Duration.ofMinutes(10), Duration.ofSeconds(30));
    /** For faults that cost an attempt its time. */
    private static final Persistence SLOW = new Persistence(2, Duration.ofMinutes(10), Duration.ofSeconds(1));
    /** For those that pass: on a busy machine the time may be short for attempts that meet none. */
    private static final Persistence PATIENT = new Persistence(20, Duration.ofMinutes(10), Duration.ofSeconds(1));

    @TempDir
    private static Path folder = Path.of("");

    @Parameter
    private Access access = Access.SHARED;

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
                    tests.accept(() -> happensAlways(row, call, ending(row, call) == Ending.RETRIED ? SLOW : PATIENT));
                })
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> test : threads.invokeAll(all)) {
                test.get();
            }
        }
    }

    private boolean isAlone() {
        return access == Access.EXCLUSIVE;
    }

    private Ending ending(FaultRow row, FaultyCall call) {
        if (isAlone() && call.isOfNames()) {
            return Ending.RIGHT;
        }
        Ending ending = row.ending(call);
        return isAlone() && call == FaultyCall.GET && ending == Ending.ABSENT ? Ending.VANISHED : ending;
    }

    private Void happensOnce(FaultRow row, FaultyCall call, Persistence persistence) throws Exception {
        AtomicBoolean happened = new AtomicBoolean();
        Predicate<Request> first = request -> happened.compareAndSet(false, true);
        return on(row, call, first, persistence, (store, server) -> {
            switch (ending(row, call)) {
                case RIGHT, RETRIED, RIGHT_OR_RETRIED, VANISHED -> assertRight(call, store, server);
                case ABSENT, ABSENT_WITH_PROOF -> assertAbsent(call, store);
                case REFUSED -> assertFails(row, call, store, server, 1);
            }
        });
    }

    private Void happensAlways(FaultRow row, FaultyCall call, Persistence persistence) throws Exception {
        return on(row, call, request -> true, persistence, (store, server) -> {
            switch (ending(row, call)) {
                case RIGHT -> assertRight(call, store, server);
                case RETRIED -> assertFails(row, call, store, server, persistence.attempts());
                case RIGHT_OR_RETRIED -> assertRightOrFails(row, call, store, server, persistence.attempts());
                case ABSENT -> assertAbsent(call, store);
                case VANISHED -> assertThrows(VanishedException.class, () -> call.run(store.store(), server.bucket()));
                case REFUSED, ABSENT_WITH_PROOF -> assertFails(row, call, store, server, 1);
            }
        });
    }

    /** What is tried on a server that misbehaves. */
    private interface Trial {
        void run(FaultyStore store, MisbehavingServer server) throws Exception;
    }

    private Void on(FaultRow row, FaultyCall call, Predicate<Request> when, Persistence persistence, Trial trial)
            throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(exchange -> exchange.send(exchange.right()))) {
            FaultyCall.fill(server.bucket());
            S3Config config = FaultyStore.config(server.endpoint()).withAccess(access);
            Path repo = isAlone() ? Files.createTempDirectory(folder, "repo") : folder;
            try (FaultyStore store = new FaultyStore(config, persistence, new Random(1), repo)) {
                if (isAlone()) {
                    store.learn();
                }
                server.behave(exchange -> {
                    if (row.applies().test(exchange.request()) && when.test(exchange.request())) {
                        row.fault().answer(exchange);
                    } else {
                        exchange.send(exchange.right());
                    }
                });
                trial.run(store, server);
                store.useAllConnections(server);
                if (!isBelieved(ending(row, call))) {
                    store.assertIndexIsRight();
                }
            }
            server.awaitNoConnections();
        }
        return null;
    }

    /** Whether the server said that what it has is not there, and that may be what the index says now. */
    private static boolean isBelieved(Ending ending) {
        return switch (ending) {
            case ABSENT, ABSENT_WITH_PROOF, VANISHED -> true;
            case RIGHT, RETRIED, REFUSED, RIGHT_OR_RETRIED -> false;
        };
    }

    private void assertRight(FaultyCall call, FaultyStore store, MisbehavingServer server) throws DatastoreException {
        int before = server.requests().size();
        call.run(store.store(), server.bucket());
        if (isAlone() && call.isOfNames()) {
            assertEquals(before, server.requests().size(), "it is known");
        }
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
