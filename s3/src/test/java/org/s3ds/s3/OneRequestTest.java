package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.s3.ScriptedServer.Answer;

/** What {@link SharedGets} is to a store: how many requests its server sees. */
@Timeout(60)
class OneRequestTest {
    private static final Key KEY = Key.of("/K");

    /** A caller in a thread of its own. */
    private record Caller(Thread thread, FutureTask<String> task) {
        static Caller of(Callable<Optional<byte[]>> get) {
            FutureTask<String> task = new FutureTask<>(
                    () -> get.call().map(bytes -> new String(bytes, UTF_8)).orElse("absent"));
            return new Caller(Thread.ofPlatform().daemon().start(task), task);
        }

        void awaitWaiting() {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void identicalGetsInFlightAreOneRequest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(request -> {
                    arrived.countDown();
                    await(answer);
                    return new Answer(200, "value");
                });
                Datastore store = new S3Datastore(server.config("", ""), Metrics.none())) {
            List<Caller> callers = new ArrayList<>();
            callers.add(Caller.of(() -> store.get(KEY)));
            arrived.await();
            for (int i = 0; i < 20; i++) {
                Datastore asked = i % 2 == 0 ? store : store.inBackground();
                callers.add(Caller.of(() -> asked.get(KEY)));
                callers.getLast().awaitWaiting();
            }
            answer.countDown();
            for (Caller caller : callers) {
                assertEquals("value", caller.task().get());
            }
            assertEquals(1, server.requests().size());
            assertEquals(Optional.of("value"), store.get(KEY).map(bytes -> new String(bytes, UTF_8)));
            assertEquals(2, server.requests().size(), "what was answered is asked anew");
        }
    }

    @Test
    void aGetThatBeganAfterAPutGetsNoOlderAnswer() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger gets = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(request -> {
                    if (request.method().equals("PUT")) {
                        return Answer.ok();
                    }
                    if (gets.getAndIncrement() > 0) {
                        return new Answer(200, "new");
                    }
                    arrived.countDown();
                    await(answer);
                    return new Answer(200, "old");
                });
                Datastore store = new S3Datastore(server.config("", ""), Metrics.none())) {
            Caller before = Caller.of(() -> store.get(KEY));
            arrived.await();
            store.put(KEY, "new".getBytes(UTF_8));
            Caller after = Caller.of(() -> store.get(KEY));
            assertEquals("new", after.task().get());
            answer.countDown();
            assertEquals("old", before.task().get());
            assertEquals(3, server.requests().size());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
