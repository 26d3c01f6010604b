package org.s3ds.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Finding;

/** How long small and large requests take, one by one and some at once: a few dozen of each. */
final class SpeedTrial {
    private static final int SMALL = 4 << 10;
    private static final int LARGE = 256 << 10;
    private static final int ALONE = 7;
    private static final int TOGETHER = 32;
    private static final int AT_ONCE = 16;

    private final S3Config config;
    private final S3Objects objects;
    private final String scratch;
    private final Consumer<Finding> listener;

    SpeedTrial(S3Config config, S3Objects objects, String scratch, Consumer<Finding> listener) {
        this.config = config;
        this.objects = objects;
        this.scratch = scratch;
        this.listener = listener;
    }

    void run() {
        for (int size : List.of(SMALL, LARGE)) {
            Request put = put(size);
            String name = (size >> 10) + " KiB";
            boolean areThere = measure("put " + name, put);
            if (areThere) {
                measure("get " + name, i -> read(folder(size) + i));
            }
        }
    }

    /** How many values of a size are stored in a second, many at once. */
    double putsPerSecond(int size) throws DatastoreException {
        Request put = put(size);
        alone(put); // connections are there then
        try {
            return together(put);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatastoreException("interrupted while values were stored to find out how long that takes", e);
        }
    }

    private Request put(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        String hash = DigestSigner.sha256Hex(bytes);
        return i -> objects.put(folder(size) + i, bytes, hash);
    }

    private String folder(int size) {
        return scratch + "speed/" + size + "/";
    }

    private void read(String name) throws DatastoreException {
        if (objects.get(name).isEmpty()) {
            throw new DatastoreException("what was just stored is not there: " + name);
        }
    }

    /** One request, the number of which is given. */
    private interface Request {
        void send(int number) throws DatastoreException;
    }

    /** Whether all went well. */
    private boolean measure(String check, Request request) {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        try {
            long median = alone(request);
            double rate = together(request);
            listener.accept(Finding.good(
                    check,
                    String.format(
                            Locale.ROOT,
                            "%.1f ms one by one (median), %.0f/s with %d at once",
                            median / 1e6,
                            rate,
                            atOnce())));
            return true;
        } catch (DatastoreException e) {
            listener.accept(Finding.warning(check, Advice.sentence(e), ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.accept(Finding.untold(check, "interrupted", ""));
        }
        return false;
    }

    private int atOnce() {
        return Math.min(AT_ONCE, config.workers());
    }

    private static long alone(Request request) throws DatastoreException {
        long[] nanos = new long[ALONE];
        for (int i = 0; i < ALONE; i++) {
            long start = System.nanoTime();
            request.send(i);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[ALONE / 2];
    }

    private double together(Request request) throws DatastoreException, InterruptedException {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int worker = 0; worker < atOnce(); worker++) {
            int first = worker;
            tasks.add(() -> {
                for (int i = first; i < TOGETHER; i += atOnce()) {
                    request.send(i % ALONE);
                }
                return true;
            });
        }
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                wait(done);
            }
        }
        return TOGETHER * (double) Duration.ofSeconds(1).toNanos() / (System.nanoTime() - start);
    }

    private static void wait(Future<Boolean> done) throws DatastoreException, InterruptedException {
        try {
            boolean ignored = done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatastoreException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
