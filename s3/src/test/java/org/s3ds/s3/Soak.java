package org.s3ds.s3;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.SoakModel.Content;
import org.s3ds.s3.SoakModel.Slot;

/**
 * Random operations by many threads on a store whose server fails now and then, compared with a {@link SoakModel}: no
 * write is lost, nothing is there that was not put, and at the end no connection, no permit, no thread and no memory is
 * held. {@code bench/soak} runs it for long, {@link SoakTest} for seconds.
 */
final class Soak {
    private static final int LARGEST_VALUE = 16 * 1024;
    private static final long LARGEST_GROWTH = 32L << 20;
    private static final Duration END = Duration.ofSeconds(20);

    private final long seed;
    private final int threads;
    private final SoakFaults faults;
    private final SoakModel model = new SoakModel();
    private final LongAdder operations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean ends;
    private volatile @Nullable String lastFailure;

    /**
     * Runs nothing yet.
     *
     * @param part of the requests that fail, 0 to 1
     */
    Soak(long seed, int threads, double part) {
        this.seed = seed;
        this.threads = threads;
        this.faults = new SoakFaults(part, () -> ThreadLocalRandom.current().nextLong());
    }

    /** {@code Soak SECONDS [SEED]}. */
    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        System.out.println("soak of " + seconds + " s with 64 threads, 5 % of the requests fail; seed " + seed);
        Soak soak = new Soak(seed, 64, 0.05);
        soak.run(Duration.ofSeconds(seconds), 0);
        System.out.println(soak);
        System.out.println("pass");
    }

    /**
     * Runs for a time, and longer when there were few operations by then.
     *
     * @param atLeast so many operations
     * @throws AssertionError when the store does not hold what it must, or something is held at the end
     */
    void run(Duration time, long atLeast) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (MisbehavingServer server = MisbehavingServer.forgetful(faults)) {
            S3Config config = config(server.endpoint());
            Governors governors = new Governors();
            StoreContext context = new StoreContext(Path.of("").toAbsolutePath(), Metrics.none(), Map.of());
            try (Datastore store = config.open(context, governors);
                    Governors.Use use = governors.use(config.place().toString(), Governor.Bounds.of(config.limits()))) {
                Governor governor = use.governor();
                work(store, time, atLeast);
                faults.stop();
                sweep(store);
                require("permits are held", () -> governor.inFlight() == 0 && governor.waiting() == 0);
                require("more connections than workers", () -> server.open() <= config.workers());
            }
            require("connections are held", () -> server.open() == 0);
        }
        require("threads are held", () -> held(before).isEmpty());
    }

    private static S3Config config(String endpoint) throws DatastoreException {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("region", "us-east-1");
        spec.put("bucket", "b");
        spec.put("accessKey", "AK");
        spec.put("secretKey", "SK");
        spec.put("regionEndpoint", endpoint);
        spec.put("rootDirectory", "soak");
        spec.put("workers", 32L);
        spec.put("requestTimeout", "3s");
        // so few that some calls fail for good, and must tell the truth about it
        spec.put("retryMaxAttempts", 2L);
        return S3Config.parse(spec);
    }

    private void work(Datastore store, Duration time, long atLeast) throws Exception {
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            tasks.add(new FutureTask<>(() -> operate(store, random), true));
            Thread.ofVirtual().name("soak-" + i).start(tasks.getLast());
        }
        long start = System.nanoTime();
        long early = 0;
        while ((System.nanoTime() - start < time.toNanos() || operations.sum() < atLeast)
                && tasks.stream().noneMatch(FutureTask::isDone)) {
            LockSupport.parkNanos(
                    Math.min(time.toNanos() / 10, Duration.ofSeconds(10).toNanos()));
            if (early == 0 && System.nanoTime() - start > time.toNanos() / 4) {
                early = heap();
            }
            if (time.compareTo(Duration.ofMinutes(1)) >= 0) {
                System.out.println(this);
            }
        }
        ends = true;
        for (FutureTask<Boolean> task : tasks) {
            await(task);
        }
        long grown = heap() - early;
        if (grown > LARGEST_GROWTH) {
            throw new AssertionError("the heap grew by " + grown + " bytes; seed " + seed);
        }
    }

    private void await(FutureTask<Boolean> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed + ": " + e.getCause(), e);
        }
    }

    private void operate(Datastore store, SplittableRandom random) {
        try {
            while (!ends) {
                operateOnce(random.nextInt(5) == 0 ? store.inBackground() : store, random);
                operations.increment();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    private void operateOnce(Datastore store, SplittableRandom random) throws InterruptedException {
        List<Slot> group = model.slots(random.nextInt(SoakModel.GROUPS));
        Slot slot = group.get(random.nextInt(group.size()));
        int dice = random.nextInt(100);
        if (dice < 25) {
            write(slot, value(random), store);
        } else if (dice < 33) {
            write(slot, Content.of(Optional.empty()), store);
        } else if (dice < 88) {
            read(slot, dice, store);
        } else if (dice < 94) {
            commit(group, random, store);
        } else {
            list(group, random.nextBoolean(), store);
        }
    }

    private static Content value(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? 0 : random.nextInt(LARGEST_VALUE)];
        random.nextBytes(bytes);
        return Content.of(Optional.of(bytes));
    }

    private void write(Slot slot, Content content, Datastore store) throws InterruptedException {
        inTurn(List.of(slot.toWrite()), () -> {
            try {
                if (content.isPresent()) {
                    store.put(slot.key(), content.value().orElseThrow());
                } else {
                    store.delete(slot.key());
                }
                slot.isNow(content);
            } catch (DatastoreException e) {
                failed(e);
                slot.failed(content, e);
            }
        });
    }

    private void read(Slot slot, int dice, Datastore store) throws InterruptedException {
        inTurn(List.of(slot.toRead()), () -> {
            try {
                if (dice < 70) {
                    Content seen = Content.of(store.get(slot.key()));
                    slot.check(seen::isAs, seen);
                } else if (dice < 79) {
                    boolean there = store.has(slot.key());
                    slot.check(possible -> possible.isPresent() == there, there ? "there" : "not there");
                } else {
                    OptionalLong size = store.size(slot.key());
                    slot.check(possible -> possible.hasSize(size), size);
                }
            } catch (DatastoreException e) {
                failed(e);
            }
        });
    }

    private void commit(List<Slot> group, SplittableRandom random, Datastore store) throws InterruptedException {
        Map<Slot, Content> writes = new HashMap<>();
        for (Slot slot : group) {
            if (random.nextInt(3) == 0) {
                writes.put(slot, random.nextInt(3) == 0 ? Content.of(Optional.empty()) : value(random));
            }
        }
        List<Lock> turns =
                group.stream().filter(writes::containsKey).map(Slot::toWrite).toList();
        inTurn(turns, () -> {
            Map<Key, DatastoreException> failures = committed(writes, store);
            writes.forEach((slot, content) -> {
                DatastoreException failure = failures.get(slot.key());
                if (failure == null) {
                    slot.isNow(content);
                } else {
                    slot.failed(content, failure);
                }
            });
        });
    }

    /** Commits a batch; gives the failure of each key that failed. */
    private Map<Key, DatastoreException> committed(Map<Slot, Content> writes, Datastore store) {
        try {
            Batch batch = store.batch();
            for (Map.Entry<Slot, Content> each : writes.entrySet()) {
                if (each.getValue().isPresent()) {
                    batch.put(each.getKey().key(), each.getValue().value().orElseThrow());
                } else {
                    batch.delete(each.getKey().key());
                }
            }
            batch.commit();
            return Map.of();
        } catch (BatchException e) {
            failed(e);
            return e.failures();
        } catch (DatastoreException e) {
            failed(e);
            return writes.keySet().stream().collect(Collectors.toMap(Slot::key, slot -> e));
        }
    }

    private void list(List<Slot> group, boolean values, Datastore store) throws InterruptedException {
        inTurn(group.stream().map(Slot::toRead).toList(), () -> {
            try {
                compare(group, values, store);
            } catch (DatastoreException e) {
                failed(e);
            }
        });
    }

    private static void compare(List<Slot> group, boolean values, Datastore store) throws DatastoreException {
        Key above = group.getFirst().key().parent();
        Map<Key, Entry> listed = new HashMap<>();
        Query query = values ? Query.of(above) : Query.keys(above).withSizes();
        try (Results results = store.query(query)) {
            for (Entry entry : results.rest()) {
                if (listed.put(entry.key(), entry) != null) {
                    throw new AssertionError(entry.key() + " is listed twice");
                }
            }
        }
        for (Slot slot : group) {
            Optional<Entry> entry = Optional.ofNullable(listed.remove(slot.key()));
            if (values) {
                Content seen = Content.of(entry.flatMap(Entry::value));
                slot.check(seen::isAs, "listed as " + seen);
            } else {
                OptionalLong size = entry.map(Entry::size).orElse(OptionalLong.empty());
                slot.check(possible -> possible.hasSize(size), "listed with size " + size);
            }
        }
        if (!listed.isEmpty()) {
            throw new AssertionError("listed, but never put: " + listed.keySet());
        }
    }

    /** What is done while it is our turn. */
    private interface Step {
        void run() throws InterruptedException;
    }

    private static void inTurn(List<Lock> turns, Step step) throws InterruptedException {
        List<Lock> held = new ArrayList<>();
        try {
            for (Lock turn : turns) {
                turn.lockInterruptibly();
                held.add(turn);
            }
            step.run();
        } finally {
            held.forEach(Lock::unlock);
        }
    }

    private void failed(DatastoreException e) {
        failures.increment();
        lastFailure = e.getMessage();
    }

    /** Reads all there is, once nothing fails any more. */
    private void sweep(Datastore store) throws DatastoreException {
        for (int i = 0; i < SoakModel.GROUPS; i++) {
            compare(model.slots(i), true, store);
        }
    }

    private void require(String what, BooleanSupplier released) {
        long start = System.nanoTime();
        while (!released.getAsBoolean()) {
            if (System.nanoTime() - start > END.toNanos()) {
                throw new AssertionError(what + "; seed " + seed);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Threads that were not there before, without those that the JVM and the SDK keep for good. */
    private static List<String> held(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("s3ds") || name.startsWith("soak") || name.startsWith("sdk"))
                .toList();
    }

    private static long heap() {
        for (int i = 0; i < 2; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public String toString() {
        String last = lastFailure;
        return operations + " operations, " + faults.requests() + " requests, faults " + faults + ", " + failures
                + " operations failed" + (last == null ? "" : ", the last with: " + last);
    }
}
