package org.s3ds.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.s3.MisbehavingServer.Exchange;
import org.s3ds.s3.MisbehavingServer.Reply;

/**
 * Measures what the {@link Governor} makes of a server that takes 200 requests a second, with a burst of 20, answers
 * each after 5 ms, and what is too much with {@code SlowDown}: {@code GovernorBench SECONDS}. Run by
 * {@code bench/governor}.
 */
final class GovernorBench {
    private static final double ALLOWED = 200;
    private static final double BURST = 20;
    private static final long LATENCY = 5_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final int WRITERS = 16;
    private static final int SIZE = 4096;
    /** Between two gets of the reader. */
    private static final long PERIOD = 50_000_000;

    private final int seconds;
    private final List<String> failures = new ArrayList<>();

    private GovernorBench(int seconds) {
        this.seconds = seconds;
    }

    /** Prints a table; fails when something is not as it must be. */
    public static void main(String[] arguments) throws Exception {
        GovernorBench bench = new GovernorBench(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60);
        System.out.println("| step | used of 200/s | refused after 10 s | lost | get p50 ms | get p99 ms |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        bench.measure();
        System.out.println(bench.failures.isEmpty() ? "pass" : "FAIL: " + String.join("; ", bench.failures));
        if (!bench.failures.isEmpty()) {
            throw new AssertionError("not as it must be");
        }
    }

    private void measure() throws Exception {
        Step alone = new Step("gets alone");
        alone.run(0, false, true);
        Step writers = new Step("16 writers");
        writers.run(WRITERS, false, false);
        check(writers);
        Step beside = new Step("gets beside 16 background writers");
        beside.run(WRITERS, true, true);
        check(beside);
        require(
                beside.milliseconds(0.99) < 4 * alone.milliseconds(0.99),
                "the p99 of a get beside background work is 4 times that alone");
    }

    private void check(Step step) {
        require(step.lost == 0, step.name + ": writes were lost");
        require(step.used() >= 0.85, step.name + ": less than 85 % of the rate was used");
        require(step.refused() < 0.05, step.name + ": 5 % were refused");
    }

    private void require(boolean is, String failure) {
        if (!is) {
            failures.add(failure);
        }
    }

    /** A server, a store, and who uses it for a time. */
    private final class Step implements MisbehavingServer.Misbehaviour {
        private final String name;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger sentLater = new AtomicInteger();
        private final AtomicInteger refusedLater = new AtomicInteger();
        private final AtomicLong puts = new AtomicLong();
        private final List<Long> nanosOfGets = new ArrayList<>();
        /** Guards the tokens. */
        private final Object bucket = new Object();

        private double tokens = BURST;
        private long filled = System.nanoTime();
        private long lost;
        private volatile boolean begun;
        private volatile long start;
        private volatile boolean ends;

        private Step(String name) {
            this.name = name;
        }

        @Override
        public void answer(Exchange exchange) throws IOException {
            LockSupport.parkNanos(LATENCY);
            if (!begun) {
                exchange.send(exchange.right());
                return;
            }
            boolean takes = takes();
            boolean isLate = System.nanoTime() - start > 10 * SECOND;
            (takes ? taken : new AtomicInteger()).incrementAndGet();
            if (isLate) {
                sentLater.incrementAndGet();
                refusedLater.addAndGet(takes ? 0 : 1);
            }
            exchange.send(takes ? exchange.right() : Reply.error(503, "SlowDown"));
        }

        private boolean takes() {
            synchronized (bucket) {
                long now = System.nanoTime();
                tokens = Math.min(BURST, tokens + ALLOWED * (now - filled) / SECOND);
                filled = now;
                boolean takes = tokens >= 1;
                tokens -= takes ? 1 : 0;
                return takes;
            }
        }

        void run(int writers, boolean inBackground, boolean reads) throws Exception {
            try (MisbehavingServer server = MisbehavingServer.forgetful(this);
                    Datastore store = new S3Datastore(config(server.endpoint()), Metrics.none())) {
                for (int i = 0; i < 100; i++) {
                    store.put(Key.of("/read" + i), value(i));
                }
                for (int i = 0; i < 300; i++) {
                    store.get(Key.of("/read" + i % 100));
                }
                start = System.nanoTime();
                begun = true;
                List<FutureTask<Boolean>> tasks = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    tasks.add(new FutureTask<>(() -> write(inBackground ? store.inBackground() : store), true));
                }
                if (reads) {
                    tasks.add(new FutureTask<>(() -> read(store), true));
                }
                tasks.forEach(task -> Thread.ofVirtual().start(task));
                long end = System.nanoTime() + seconds * SECOND;
                while (System.nanoTime() < end && tasks.stream().noneMatch(FutureTask::isDone)) {
                    LockSupport.parkNanos(SECOND / 10);
                }
                ends = true;
                for (FutureTask<Boolean> task : tasks) {
                    await(task);
                }
                begun = false;
                // one that knows of no refusals
                try (Datastore fresh = new S3Datastore(config(server.endpoint()), Metrics.none())) {
                    lost = lost(fresh);
                }
            }
            System.out.printf(
                    "| %s | %.1f %% | %.2f %% | %d of %d | %.1f | %.1f |%n",
                    name, used() * 100, refused() * 100, lost, puts.get(), milliseconds(0.5), milliseconds(0.99));
        }

        private static void await(FutureTask<Boolean> task) throws InterruptedException {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new AssertionError("an operation failed: " + e.getCause(), e);
            }
        }

        private void write(Datastore store) {
            while (!ends) {
                long number = puts.getAndIncrement();
                try {
                    store.put(Key.of("/written" + number), value(number));
                } catch (DatastoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void read(Datastore store) {
            long next = System.nanoTime();
            for (int i = 0; !ends; i++) {
                next += PERIOD;
                LockSupport.parkNanos(next - System.nanoTime());
                long asked = System.nanoTime();
                try {
                    if (store.get(Key.of("/read" + i % 100)).isEmpty()) {
                        throw new IllegalStateException("what was put is not there");
                    }
                } catch (DatastoreException e) {
                    throw new IllegalStateException(e);
                }
                nanosOfGets.add(System.nanoTime() - asked);
            }
        }

        private long lost(Datastore store) throws DatastoreException {
            long missing = 0;
            for (long number = 0; number < puts.get(); number++) {
                Optional<byte[]> found = store.get(Key.of("/written" + number));
                byte[] written = value(number);
                missing += found.filter(bytes -> Arrays.equals(bytes, written)).isPresent() ? 0 : 1;
            }
            return missing;
        }

        double used() {
            return taken.get() / (ALLOWED * seconds);
        }

        double refused() {
            return refusedLater.get() / (double) Math.max(1, sentLater.get());
        }

        /** The latency that a part of the gets does not exceed. */
        double milliseconds(double part) {
            List<Long> sorted = nanosOfGets.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * part)) / 1e6;
        }
    }

    private static byte[] value(long number) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private static S3Config config(String endpoint) throws DatastoreException {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("region", "us-east-1");
        spec.put("bucket", "b");
        spec.put("accessKey", "AK");
        spec.put("secretKey", "SK");
        spec.put("regionEndpoint", endpoint);
        return S3Config.parse(spec);
    }
}
