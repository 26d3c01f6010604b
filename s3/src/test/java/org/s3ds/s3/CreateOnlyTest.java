package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.s3ds.s3.MisbehavingServer.Misbehaviour;
import org.s3ds.s3.MisbehavingServer.Reply;
import org.s3ds.s3.S3Failure.Outcome;

/** A put that must not replace anything, and what is said when its answer is lost. */
class CreateOnlyTest {
    private static final Persistence PERSISTENCE = new Persistence(3, Duration.ofMinutes(1), Duration.ofSeconds(30));
    private static final byte[] OURS = "ours".getBytes(UTF_8);

    @Test
    void theFirstCreatesAndTheSecondIsToldSo() throws Exception {
        on(exchange -> exchange.send(exchange.right()), (store, server) -> {
            assertTrue(create(store));
            assertFalse(create(store));
            assertEquals(3, server.requests().size(), "two puts, and a look at what is there");
            assertEquals("*", server.requests().getFirst().headers().get("if-none-match"));
        });
    }

    @Test
    void whatIsDeletedJustThenIsAskedForOnceMore() throws Exception {
        on(
                exchange -> exchange.send(
                        exchange.number() == 1 ? Reply.error(412, "PreconditionFailed") : exchange.right()),
                (store, server) -> {
                    assertTrue(create(store));
                    assertEquals(3, server.requests().size(), "a put, a look, and the same put");
                    assertEquals("*", server.requests().getLast().headers().get("if-none-match"));
                });
    }

    @Test
    void whereNothingIsAndNothingMayBeCreatedTheConditionGoes() throws Exception {
        on(
                exchange -> exchange.send(
                        exchange.request().headers().containsKey("if-none-match")
                                ? Reply.error(412, "PreconditionFailed")
                                : exchange.right()),
                (store, server) -> {
                    assertTrue(create(store));
                    assertEquals(5, server.requests().size(), "two puts with a look after each, and a plain put");
                    assertFalse(create(store));
                });
    }

    @Test
    void anAnswerThatIsLostAfterItWasStoredIsDone() throws Exception {
        on(
                exchange -> {
                    Reply right = exchange.right();
                    if (exchange.number() == 1) {
                        exchange.reset();
                    }
                    exchange.send(right);
                },
                (store, server) -> {
                    assertTrue(create(store));
                    assertEquals(3, server.requests().size(), "two puts, and a look at what is there");
                });
    }

    @Test
    void anAnswerThatIsLostWhileAnotherCreatesItIsUnknown() throws Exception {
        on(
                exchange -> {
                    if (exchange.number() == 1) {
                        exchange.reset();
                    } else {
                        exchange.send(exchange.right());
                    }
                },
                (store, server) -> {
                    server.bucket().put("lease", "theirs");
                    OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> create(store));
                    assertEquals(Outcome.UNKNOWN, unknown.failure().outcome());
                    assertTrue(unknown.toString().contains("an answer was lost"), unknown.toString());
                    assertEquals(Optional.of("theirs"), server.bucket().text("lease"));
                });
    }

    @Test
    void anAnswerThatIsLostAndCannotBeLookedForIsUnknown() throws Exception {
        on(
                exchange -> {
                    Reply right = exchange.right();
                    switch (exchange.number()) {
                        case 1 -> exchange.reset();
                        case 2 -> exchange.send(right);
                        default -> exchange.send(Reply.error(403, "AccessDenied"));
                    }
                },
                (store, server) -> {
                    OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> create(store));
                    assertTrue(unknown.getCause() instanceof S3Exception, unknown.toString());
                });
    }

    @Test
    void anotherRequestInTheWayIsWaitedFor() throws Exception {
        on(
                exchange -> exchange.send(
                        exchange.number() == 1 ? Reply.error(409, "ConditionalRequestConflict") : exchange.right()),
                (store, server) -> {
                    assertTrue(create(store));
                    assertEquals(2, server.requests().size());
                });
    }

    private static boolean create(FaultyStore store) throws S3Exception {
        return new S3Objects(store.bucket()).createOnly("lease", OURS, DigestSigner.sha256Hex(OURS));
    }

    private interface Trial {
        void run(FaultyStore store, MisbehavingServer server) throws Exception;
    }

    private static void on(Misbehaviour misbehaviour, Trial trial) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(misbehaviour);
                FaultyStore store = new FaultyStore(server.endpoint(), PERSISTENCE)) {
            trial.run(store, server);
        }
    }
}
