package org.s3ds.s3;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryKeyTables;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreIndex;

/**
 * Random operations by many threads on a store whose server fails now and then, compared with a {@link SoakModel}: no
 * write is lost, nothing is there that was not put, the index says what is there, and at the end no connection, no
 * permit, no thread and no memory is held. All sessions but the last end in the middle of what they do, by turns as a
 * killed process leaves its index, and as a machine that lost its power. {@code bench/soak} runs it for long,
 * {@link SoakTest} for seconds.
 */
final class Soak {
    private static final long LARGEST_GROWTH = 32L << 20;
    private static final Duration END = Duration.ofSeconds(20);

    private final long seed;
    private final int threads;
    private final Access access;
    private final StoreContext context;
    private final MemoryKeyTables tables = new MemoryKeyTables();
    private final SoakFaults faults;
    private final SoakModel model = new SoakModel();
    private final SoakTally tally = new SoakTally();
    private long early;

    /** How a session ends. */
    private enum Ending {
        KILLED,
        CRASHED,
        CLOSED
    }

    /**
     * Runs nothing yet.
     *
     * @param part of the requests that fail, 0 to 1
     * @param repo its folder
     */
    Soak(long seed, int threads, double part, Access access, Path repo) {
        this.seed = seed;
        this.threads = threads;
        this.access = access;
        this.context = new StoreContext(repo, Metrics.none(), Map.of()).with(tables);
        this.faults = new SoakFaults(part, () -> ThreadLocalRandom.current().nextLong());
    }

    /** {@code Soak SECONDS [SEED]}. */
    static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        System.out.println("soak of " + seconds + " s with 64 threads, 5 % of the requests fail; seed " + seed);
        for (Access access : List.of(Access.SHARED, Access.EXCLUSIVE)) {
            Soak soak = new Soak(seed, 64, 0.05, access, Files.createTempDirectory("soak"));
            soak.run(Duration.ofSeconds(seconds / 2), 0, (int) (seconds / 60));
            System.out.println(soak);
        }
        System.out.println("pass");
    }

    /**
     * Runs for a time, and longer when there were few operations by then.
     *
     * @param atLeast so many operations
     * @param crashes how many sessions there are before the last
     * @throws AssertionError when the store does not hold what it must, or something is held at the end
     */
    void run(Duration time, long atLeast, int crashes) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (MisbehavingServer server = MisbehavingServer.forgetful(faults)) {
            for (int i = 0; i <= crashes; i++) {
                Ending ending = i == crashes ? Ending.CLOSED : i % 2 == 0 ? Ending.KILLED : Ending.CRASHED;
                session(server, ending, time.dividedBy(crashes + 1L), atLeast * (i + 1) / (crashes + 1));
                require("connections are held", () -> server.open() == 0);
            }
        }
        require("threads are held", () -> held(before).isEmpty());
    }

    private void session(MisbehavingServer server, Ending ending, Duration time, long atLeast) throws Exception {
        S3Config config = config(server.endpoint()).withAccess(access);
        Governors governors = new Governors();
        Datastore store = config.open(context, governors);
        try (Governors.Use use = governors.use(config.place().toString(), Governor.Bounds.of(config.limits()))) {
            Governor governor = use.governor();
            work(store, ending, time, atLeast);
            if (ending == Ending.CLOSED) {
                faults.stop();
                sweep(store);
                require("permits are held", () -> governor.inFlight() == 0 && governor.waiting() == 0);
            }
            require("more connections than workers", () -> server.open() <= config.workers());
        } finally {
            close(store, ending);
        }
    }

    /** What has ended cannot close its index. */
    private static void close(Datastore store, Ending ending) throws DatastoreException {
        try {
            store.close();
        } catch (DatastoreException e) {
            if (ending == Ending.CLOSED) {
                throw e;
            }
        }
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

    private void work(Datastore store, Ending ending, Duration time, long atLeast) throws Exception {
        Users users = new Users(store);
        long start = System.nanoTime();
        while ((System.nanoTime() - start < time.toNanos() || tally.operations() < atLeast) && users.areAtWork()) {
            LockSupport.parkNanos(
                    Math.min(time.toNanos() / 10, Duration.ofSeconds(10).toNanos()));
            if (early == 0 && System.nanoTime() - start > time.toNanos() / 4) {
                early = heap();
            }
            if (time.compareTo(Duration.ofSeconds(20)) >= 0) {
                System.out.println(this);
            }
        }
        users.end(ending);
        long grown = heap() - early;
        if (grown > LARGEST_GROWTH) {
            throw new AssertionError("the heap grew by " + grown + " bytes; seed " + seed);
        }
    }

    /** Those who use the store in one session. */
    private final class Users {
        private final List<FutureTask<Boolean>> tasks = new ArrayList<>();
        private volatile boolean ends;

        Users(Datastore store) {
            for (int i = 0; i < threads; i++) {
                SoakUser user = new SoakUser(store, model, tally, new SplittableRandom(seed + tally.operations() + i));
                tasks.add(new FutureTask<>(() -> operate(user), true));
                Thread.ofVirtual().name("soak-" + i).start(tasks.getLast());
            }
        }

        private void operate(SoakUser user) {
            try {
                while (!ends) {
                    user.operate();
                }
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts", e);
            }
        }

        boolean areAtWork() {
            return tasks.stream().noneMatch(FutureTask::isDone);
        }

        /** Ends the session in the middle of what they do, unless it is to be closed, and waits for them. */
        void end(Ending ending) throws InterruptedException {
            ends = true;
            switch (ending) {
                case KILLED -> tables.kill();
                case CRASHED -> tables.crash();
                case CLOSED -> {}
            }
            for (FutureTask<Boolean> task : tasks) {
                await(task);
            }
        }

        private void await(FutureTask<Boolean> task) throws InterruptedException {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new AssertionError("seed " + seed + ": " + e.getCause(), e);
            }
        }
    }

    /** Reads all there is, once nothing fails any more: as the index has it, and as it is. */
    private void sweep(Datastore store) throws DatastoreException {
        StoreIndex index = store.index(Key.ROOT).orElseThrow();
        require("the index is not filled", () -> isLoaded(index));
        for (Datastore view : List.of(store, store.unindexed())) {
            SoakUser user = new SoakUser(view, model, tally, new SplittableRandom(seed));
            for (int i = 0; i < SoakModel.GROUPS; i++) {
                user.compare(model.slots(i), true);
            }
        }
        index.verify(so -> {}, drift -> {
            throw new AssertionError(drift + "; seed " + seed);
        });
    }

    private static boolean isLoaded(StoreIndex index) {
        try {
            return index.awaitLoaded(END);
        } catch (DatastoreException e) {
            throw new AssertionError(e);
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
        return access + ": " + tally + "; " + faults.requests() + " requests, faults " + faults;
    }
}
