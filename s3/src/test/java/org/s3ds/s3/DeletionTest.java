package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.s3.MisbehavingServer.Misbehaviour;
import org.s3ds.s3.MisbehavingServer.Reply;
import org.s3ds.s3.S3Failure.Outcome;

/** A bulk delete that is answered with 200, and in which some objects are refused. */
@Timeout(60)
class DeletionTest {
    private static final int ATTEMPTS = 3;
    private static final Persistence PERSISTENCE =
            new Persistence(ATTEMPTS, Duration.ofMinutes(10), Duration.ofSeconds(30));

    /** What is tried on a server. */
    private interface Trial {
        void run(FaultyStore store, MisbehavingServer server) throws Exception;
    }

    private static void on(Misbehaviour misbehaviour, Trial trial) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(misbehaviour);
                FaultyStore store = new FaultyStore(server.endpoint(), PERSISTENCE)) {
            FaultyCall.fill(server.bucket());
            trial.run(store, server);
        }
    }

    /** Refuses objects, the first so many times. */
    private static void refusing(Map<String, String> codes, int times, Trial trial) throws Exception {
        on(exchange -> exchange.send(server(exchange, exchange.number() <= times ? codes : Map.of())), trial);
    }

    private static Reply server(MisbehavingServer.Exchange exchange, Map<String, String> codes) {
        return exchange.bucket().deleteAll(exchange.request(), name -> codes.getOrDefault(name, ""));
    }

    /** Deletes all that there is, K0 to K4. */
    private static void deleteAll(FaultyStore store) throws DatastoreException {
        Batch batch = store.store().batch();
        for (int i = 0; i < 5; i++) {
            batch.delete(Key.of("K" + i));
        }
        batch.commit();
    }

    private static Map<Key, DatastoreException> failures(FaultyStore store) {
        return assertThrows(BatchException.class, () -> deleteAll(store)).failures();
    }

    private static S3Failure failure(Map<Key, DatastoreException> failures, String key) {
        return ((S3Exception) failures.getOrDefault(Key.of(key), new DatastoreException(key + " did not fail")))
                .failure();
    }

    @Test
    void objectsThatAreRefusedForNowAreAskedForAgainAndNoOthers() throws Exception {
        refusing(Map.of("node1/K1", "SlowDown", "node1/K3", "InternalError"), 2, (store, server) -> {
            deleteAll(store);
            assertEquals(List.of(), server.bucket().names());
            assertEquals(3, server.requests().size());
            for (MisbehavingServer.Request again : server.requests().subList(1, 3)) {
                String body = new String(again.body(), UTF_8);
                assertTrue(body.contains("node1/K1") && body.contains("node1/K3"), body);
                assertFalse(body.contains("node1/K0") || body.contains("node1/K2"), body);
            }
        });
    }

    @Test
    void theGovernorHearsOfThem() throws Exception {
        refusing(Map.of("node1/K1", "SlowDown"), 2, (store, server) -> {
            deleteAll(store);
            assertTrue(store.governor().perSecond() < 100, "two refusals make a rate");
        });
    }

    @Test
    void objectsThatAreRefusedForGoodFailEachWithItsOwnReason() throws Exception {
        Map<String, String> codes =
                Map.of("node1/K0", "AccessDenied", "node1/K1", "SlowDown", "node1/K3", "InternalError");
        refusing(codes, Integer.MAX_VALUE, (store, server) -> {
            Map<Key, DatastoreException> failures = failures(store);
            assertEquals(List.of(Key.of("K0"), Key.of("K1"), Key.of("K3")), List.copyOf(failures.keySet()));
            assertEquals(1, failure(failures, "K0").attempts());
            assertEquals(Outcome.REFUSED, failure(failures, "K0").outcome());
            assertEquals(ATTEMPTS, failure(failures, "K1").attempts());
            codes.forEach((name, code) -> {
                S3Failure failure = failure(failures, name.substring("node1/".length()));
                assertEquals(code, failure.code());
                assertEquals("b/" + name, failure.object());
                assertEquals(200, failure.status());
                assertEquals("REQ1", failure.requestId());
            });
            assertTrue(failures.get(Key.of("K3")) instanceof OutcomeUnknownException, "it may be gone");
        });
    }

    @Test
    void whatWasDeletedStaysDeletedWhenTheRestFailsAsAWhole() throws Exception {
        on(
                exchange -> {
                    if (exchange.number() == 1) {
                        exchange.send(server(exchange, Map.of("node1/K1", "SlowDown")));
                    } else {
                        exchange.reset();
                    }
                },
                (store, server) -> {
                    Map<Key, DatastoreException> failures = failures(store);
                    assertEquals(List.of(Key.of("K1")), List.copyOf(failures.keySet()));
                    assertEquals(0, failure(failures, "K1").status());
                    assertEquals(ATTEMPTS, failure(failures, "K1").attempts());
                    assertEquals(List.of("node1/K1"), server.bucket().names());
                });
    }
}
