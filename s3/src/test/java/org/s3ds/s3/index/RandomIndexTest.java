package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex.Totals;

/**
 * Whatever is done, fails, is killed or crashes when, every answer is how things are at the place, and the sums are
 * exact. {@code -Ds3ds.seed=N} repeats one, but for what the listing does beside it.
 */
final class RandomIndexTest {
    private static final long SEED = Long.getLong("s3ds.seed", System.nanoTime());
    private static final int OPERATIONS = 100_000;
    private static final int KEYS = 100;

    private final Random random = new Random(SEED);
    private final FakeBucket bucket = new FakeBucket();

    @TempDir
    private Path folder = Path.of("");

    private FakeRepo repo = new FakeRepo(bucket, folder);
    private FakeSession session = repo.exclusive();
    private final AtomicInteger operations = new AtomicInteger();
    private int sums;
    private int failures;

    /** What is done to a key. */
    private interface Change {
        void make() throws DatastoreException;
    }

    @Test
    void whatIsKnownIsSo() throws DatastoreException {
        System.out.println("an index: -Ds3ds.seed=" + SEED);
        repo = new FakeRepo(bucket, folder);
        session = repo.exclusive();
        for (int i = 0; i < OPERATIONS; i++) {
            try {
                operate(random.nextInt(1_000));
                check();
            } catch (DatastoreException | AssertionError e) {
                throw new AssertionError("operation " + i + ", -Ds3ds.seed=" + SEED, e);
            }
        }
        session.close();
        assertEquals(true, sums > OPERATIONS / 2, "mostly everything is known: " + sums);
    }

    /** Where others may write, a listing beside it shows what was before: each page is late by three operations. */
    @Test
    void whileItIsBuiltAgainAndAgainOursIsKnown() throws Exception {
        System.out.println("a shared index: -Ds3ds.seed=" + SEED);
        try (FakeSession shared = new FakeRepo(bucket, folder).shared();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean isOver = new AtomicBoolean();
            bucket.after(call -> {
                int then = operations.get();
                while (call.startsWith("list") && operations.get() < then + 3 && !isOver.get()) {
                    Thread.onSpinWait();
                }
            });
            Future<Integer> building = threads.submit(() -> {
                int built = 0;
                while (!isOver.get()) {
                    shared.index().rebuild(so -> {});
                    built++;
                }
                return built;
            });
            try {
                changeAndLook(shared);
            } finally {
                isOver.set(true);
            }
            assertTrue(building.get() > 0);
        }
    }

    private void changeAndLook(FakeSession shared) throws DatastoreException {
        for (int i = 0; i < OPERATIONS; i++) {
            Key key = key();
            if (random.nextInt(3) > 0) {
                shared.put(key, 1 + random.nextInt(9));
            } else {
                shared.delete(key);
            }
            operations.incrementAndGet();
            for (Key each : List.of(key, key())) {
                assertEquals(stored(each), shared.size(each), "operation " + i + ", -Ds3ds.seed=" + SEED);
            }
        }
    }

    private void operate(int chance) throws DatastoreException {
        Key key = key();
        if (chance < 300) {
            session.put(key, 1 + random.nextInt(9));
        } else if (chance < 500) {
            session.delete(key);
        } else if (chance < 510) {
            session.delete(
                    IntStream.range(0, 20).mapToObj(any -> key()).distinct().toList());
        } else if (chance < 980) {
            assertEquals(stored(key), session.size(key));
        } else if (chance < 988) {
            fail(key, false);
        } else if (chance < 992) {
            fail(key, true);
            session.kill();
            open();
        } else {
            end(chance);
        }
    }

    private Key key() {
        return Key.of("/k%02d".formatted(random.nextInt(KEYS)));
    }

    private OptionalLong stored(Key key) {
        return Optional.ofNullable(bucket.values().get(key))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** A change that has no answer, or none that its process hears of; it was made or not. */
    private void fail(Key key, boolean isKilled) {
        FakeBucket.Hook failing = call -> {
            if (call.startsWith("put") || call.startsWith("delete")) {
                if (isKilled) {
                    repo.tables().kill();
                }
                throw new DatastoreException("no answer");
            }
        };
        if (random.nextBoolean()) {
            bucket.before(failing);
        } else {
            bucket.after(failing);
        }
        failures++;
        Change change = random.nextBoolean() ? () -> session.delete(key) : () -> session.put(key, 10 + failures);
        assertThrows(DatastoreException.class, change::make);
        bucket.heal();
    }

    private void end(int chance) throws DatastoreException {
        switch (chance) {
            case 992, 993, 994 -> session.close();
            case 995, 996 -> session.kill();
            case 997 -> session.crash();
            case 998 -> {
                session.close();
                repo.tables().beginEra(Long.toString(random.nextLong()));
                bucket.values().remove(key());
                bucket.values().put(key(), 11L);
            }
            default -> session.index().status();
        }
        if (chance < 999) {
            open();
        } else if (session.index().totals().isPresent()) {
            session.index().rebuild(so -> {});
        }
    }

    private void open() {
        session = repo.exclusive();
    }

    private void check() throws DatastoreException {
        bucket.taken();
        Optional<Totals> totals = session.index().totals();
        if (totals.isPresent()) {
            sums++;
            assertEquals(there(), totals.get());
        }
        if (random.nextInt(100) == 0) {
            Optional<List<Key>> keys = session.keys();
            keys.ifPresent(known -> assertEquals(List.copyOf(bucket.values().keySet()), known));
        }
        Key key = key();
        assertEquals(stored(key).isPresent(), session.get(key).isPresent());
    }

    private Totals there() {
        return new Totals(
                bucket.values().size(),
                bucket.values().values().stream().mapToLong(Long::longValue).sum());
    }
}
