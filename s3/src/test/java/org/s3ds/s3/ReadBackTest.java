package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.datastore.Key;
import org.s3ds.s3.MisbehavingServer.Exchange;
import org.s3ds.s3.MisbehavingServer.Reply;

/** The first puts, many at once: one of them is looked at, and none returns before. */
@Timeout(60)
class ReadBackTest {
    private static final int PUTS = 4;
    private static final Persistence PERSISTENCE = new Persistence(1, Duration.ofMinutes(10), Duration.ofSeconds(30));

    private final CountDownLatch allArePut = new CountDownLatch(PUTS);
    private final AtomicInteger heads = new AtomicInteger();

    /** What is done with a HEAD, the first of which comes as number 1. */
    private interface Head {
        void answer(Exchange exchange, int number) throws Exception;
    }

    private MisbehavingServer server(Head head) throws Exception {
        return new MisbehavingServer(exchange -> {
            if (!exchange.request().method().equals("HEAD")) {
                exchange.send(exchange.right());
                allArePut.countDown();
                return;
            }
            try {
                allArePut.await();
                head.answer(exchange, heads.incrementAndGet());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void heeded(Exchange exchange) throws Exception {
        exchange.send(exchange.right().with("x-amz-storage-class", "STANDARD_IA"));
    }

    private static FaultyStore store(MisbehavingServer server) throws Exception {
        Map<String, Object> spec = new HashMap<>(FaultyStore.spec(server.endpoint()));
        spec.put("storageClass", "STANDARD_IA");
        return new FaultyStore(S3Config.parse(new HashMap<>(spec)), PERSISTENCE, new Random(1));
    }

    private static List<FutureTask<Boolean>> puts(FaultyStore store, Map<String, Thread> threads) {
        List<FutureTask<Boolean>> puts = new ArrayList<>();
        for (int i = 0; i < PUTS; i++) {
            String name = "K" + i;
            puts.add(new FutureTask<>(() -> {
                store.store().put(Key.of(name), new byte[1]);
                return true;
            }));
            threads.put("node1/" + name, Thread.ofVirtual().unstarted(puts.getLast()));
        }
        threads.values().forEach(Thread::start);
        return puts;
    }

    @Test
    void oneIsLookedAtAndNoneReturnsBefore() throws Exception {
        List<FutureTask<Boolean>> puts = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        try (MisbehavingServer server = server((exchange, number) -> {
                    started.await();
                    puts.forEach(put -> assertFalse(put.isDone()));
                    heeded(exchange);
                });
                FaultyStore store = store(server)) {
            puts.addAll(puts(store, new HashMap<>()));
            started.countDown();
            for (FutureTask<Boolean> put : puts) {
                assertTrue(put.get());
            }
            store.store().put(Key.of("K9"), new byte[1]);
            assertEquals(1, heads.get());
        }
    }

    @Test
    void whenItCannotBeLookedAtNoneOfThemIsDoneAndTheNextIsLookedAt() throws Exception {
        try (MisbehavingServer server = server((exchange, number) -> {
                    if (number <= PUTS) {
                        exchange.send(Reply.error(403, "AccessDenied"));
                    } else {
                        heeded(exchange);
                    }
                });
                FaultyStore store = store(server)) {
            for (FutureTask<Boolean> put : puts(store, new HashMap<>())) {
                Throwable failure =
                        assertThrows(ExecutionException.class, put::get).getCause();
                assertEquals(
                        403,
                        assertInstanceOf(S3Exception.class, failure).failure().status());
            }
            heads.set(PUTS);
            store.store().put(Key.of("K9"), new byte[1]);
            assertEquals(PUTS + 1, heads.get());
        }
    }

    @Test
    void whenTheOneWhoLooksIsInterruptedAnotherLooks() throws Exception {
        Map<String, Thread> threads = new HashMap<>();
        CountDownLatch started = new CountDownLatch(1);
        try (MisbehavingServer server = server((exchange, number) -> {
                    if (number > 1) {
                        heeded(exchange);
                        return;
                    }
                    started.await();
                    threads.getOrDefault(exchange.request().objectName(), Thread.currentThread())
                            .interrupt();
                    exchange.waitForTheEnd();
                });
                FaultyStore store = store(server)) {
            List<FutureTask<Boolean>> puts = puts(store, threads);
            started.countDown();
            int failed = 0;
            for (FutureTask<Boolean> put : puts) {
                try {
                    assertTrue(put.get());
                } catch (ExecutionException e) {
                    assertTrue(e.toString().contains("interrupted"), e.toString());
                    failed++;
                }
            }
            assertEquals(1, failed);
            assertEquals(2, heads.get());
        }
    }
}
