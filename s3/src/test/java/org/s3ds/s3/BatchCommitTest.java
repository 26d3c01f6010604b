package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;

/**
 * What a batch sends, how much at once, and what it says of what failed; against a server that takes what it is told.
 */
final class BatchCommitTest {
    private static final byte[] VALUE = "value".getBytes(UTF_8);
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final ScriptedServer.Answer DONE = new ScriptedServer.Answer(204, "");

    private final Set<String> there = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    /** No delete of one object is answered before there are two. */
    private final CountDownLatch inParallel = new CountDownLatch(2);

    private volatile ScriptedServer.Answer bulk = DONE;
    private final ScriptedServer server = start();
    private final Datastore store = open();

    private ScriptedServer start() {
        try {
            return new ScriptedServer(this::answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Datastore open() {
        try {
            return new S3Datastore(server.config("", ""), Metrics.none());
        } catch (DatastoreException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() throws DatastoreException {
        store.close();
        server.close();
    }

    @Test
    void tenThousandOperationsAreARequestAPutAndARequestAThousandDeletes() throws DatastoreException {
        IntStream.range(5_000, 10_000).forEach(i -> there.add("K" + i));
        Batch batch = store.batch();
        for (int i = 0; i < 5_000; i++) {
            batch.put(Key.of("K" + i), VALUE);
            batch.delete(Key.of("K" + (5_000 + i)));
        }
        assertEquals(0, server.requests().size(), "nothing is sent before the commit");
        batch.commit();
        assertEquals(IntStream.range(0, 5_000).mapToObj(i -> "K" + i).collect(Collectors.toSet()), there);
        assertEquals(Map.of("PUT", 5_000L, "POST", 5L), requests());
        assertTrue(mostInFlight.get() <= Limits.STANDARD.workers(), () -> mostInFlight + " in flight");
    }

    @Test
    void tenThousandDeletesAreTenRequests() throws DatastoreException {
        Batch batch = store.batch();
        for (int i = 0; i < 10_000; i++) {
            there.add("K" + i);
            batch.delete(Key.of("K" + i));
        }
        batch.commit();
        assertEquals(Set.of(), there);
        assertEquals(Map.of("POST", 10L), requests());
    }

    @Test
    void anEmptyBatchSendsNothingAndOneOfDeletesAloneEnds() throws DatastoreException {
        store.batch().commit();
        assertEquals(Map.of(), requests());
        there.add("K1");
        Batch batch = store.batch();
        batch.delete(Key.of("K1"));
        batch.delete(Key.of("never"));
        batch.commit();
        assertEquals(Set.of(), there);
        assertEquals(Map.of("POST", 1L), requests());
    }

    @Test
    void theLastOperationOnAKeyAloneIsSent() throws DatastoreException {
        Batch batch = store.batch();
        batch.put(Key.of("K1"), VALUE);
        batch.delete(Key.of("K1"));
        batch.delete(Key.of("K2"));
        batch.put(Key.of("K2"), VALUE);
        batch.commit();
        assertEquals(Set.of("K2"), there);
        assertEquals(Map.of("PUT", 1L, "POST", 1L), requests());
    }

    @Test
    void everyFailureIsToldWithItsKeyAndTheOthersHappen() throws DatastoreException {
        for (int i = 0; i < 40; i++) {
            there.add("D" + i);
        }
        refused.addAll(Set.of("P3", "P17", "D5", "D39"));
        Batch batch = store.batch();
        for (int i = 0; i < 40; i++) {
            batch.put(Key.of("P" + i), VALUE);
            batch.delete(Key.of("D" + i));
        }
        BatchException failure = assertThrows(BatchException.class, batch::commit);
        assertEquals(
                List.of(Key.of("P3"), Key.of("D5"), Key.of("P17"), Key.of("D39")),
                List.copyOf(failure.failures().keySet()));
        failure.failures().forEach((key, reason) -> {
            S3Failure told = ((S3Exception) reason).failure();
            assertEquals("b/" + key.base(), told.object());
            assertEquals("AccessDenied", told.code());
        });
        assertTrue(
                failure.toString().contains(": 4 of 80 operations of a batch failed, on /P3, /D5, /P17 and 1 more: "),
                failure::toString);
        assertEquals(40, there.size());
        assertThrows(IllegalStateException.class, batch::commit, "a batch is committed once");
    }

    @Test
    void aBulkDeleteThatFailsAsAWholeFailsForEachOfItsKeys() throws DatastoreException {
        bulk = ScriptedServer.Answer.error(403, "AccessDenied");
        Batch batch = store.batch();
        batch.delete(Key.of("K1"));
        batch.delete(Key.of("K2"));
        batch.put(Key.of("K3"), VALUE);
        BatchException failure = assertThrows(BatchException.class, batch::commit);
        assertEquals(Set.of(Key.of("K1"), Key.of("K2")), failure.failures().keySet());
        assertEquals(Set.of("K3"), there);
    }

    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "405, MethodNotAllowed", "400, NotImplemented"})
    void withoutBulkDeletesEachKeyIsDeletedByItselfAndThatIsFoundOutOnce(int status, String code)
            throws DatastoreException {
        bulk = ScriptedServer.Answer.error(status, code);
        for (int round = 1; round <= 2; round++) {
            Batch batch = store.batch();
            for (int i = 0; i < 1_200; i++) {
                there.add("K" + i);
                batch.delete(Key.of("K" + i));
            }
            batch.commit();
            assertEquals(Set.of(), there);
            assertEquals(Map.of("POST", 1L, "DELETE", 1_200L * round), requests());
        }
        assertTrue(mostInFlight.get() <= Limits.STANDARD.workers(), () -> mostInFlight + " in flight");
    }

    private Map<String, Long> requests() {
        return server.requests().stream()
                .collect(Collectors.groupingBy(ScriptedServer.Request::method, Collectors.counting()));
    }

    private ScriptedServer.Answer answer(ScriptedServer.Request request) {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            String name =
                    request.path().substring("/b/".length() - (request.method().equals("POST") ? 1 : 0));
            return switch (request.method()) {
                case "POST" -> bulk.equals(DONE) ? deleteAll(request.body()) : bulk;
                case "DELETE" -> {
                    inParallel.countDown();
                    inParallel.await();
                    there.remove(name);
                    yield DONE;
                }
                default -> put(name);
            };
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private ScriptedServer.Answer put(String name) {
        if (refused.contains(name)) {
            return ScriptedServer.Answer.error(403, "AccessDenied");
        }
        there.add(name);
        return ScriptedServer.Answer.ok();
    }

    private ScriptedServer.Answer deleteAll(String body) {
        StringBuilder result = new StringBuilder("<DeleteResult>");
        Matcher keys = KEY.matcher(body);
        while (keys.find()) {
            String name = keys.group(1);
            if (refused.contains(name)) {
                result.append("<Error><Key>").append(name).append("</Key><Code>AccessDenied</Code></Error>");
            } else {
                there.remove(name);
                result.append("<Deleted><Key>").append(name).append("</Key></Deleted>");
            }
        }
        return new ScriptedServer.Answer(200, result.append("</DeleteResult>").toString());
    }
}
