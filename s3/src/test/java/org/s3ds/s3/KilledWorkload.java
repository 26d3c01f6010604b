package org.s3ds.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.index.RocksTables;

/**
 * A process that stores and deletes blocks by chance on some threads, each its own, until it is killed. It says what it
 * begins, such as {@code B 2 +14 -18}, and what came to its end, {@code E 2}, or did not, {@code F 2}; and when it is
 * told something that is not so, {@code LIE}.
 */
final class KilledWorkload {
    static final int THREADS = 4;
    static final int BLOCKS = 200;

    private final Datastore store;
    private final int thread;
    private final Random random;

    /** Whether each block is there; those of an operation that failed are left out. */
    private final Map<Integer, Boolean> known = new HashMap<>();

    private KilledWorkload(Datastore store, int thread, long seed, List<Integer> present) {
        this.store = store;
        this.thread = thread;
        this.random = new Random(seed + thread);
        for (int i = thread; i < BLOCKS; i += THREADS) {
            known.put(i, present.contains(i));
        }
    }

    /**
     * @param arguments the repo's folder, a seed, the numbers of the blocks that are there, and the spec, each such as
     *     {@code bucket=b}
     */
    static void main(String[] arguments) throws Exception {
        Map<String, @Nullable Object> spec = new HashMap<>();
        Stream.of(arguments).skip(3).map(each -> each.split("=", 2)).forEach(each -> spec.put(each[0], each[1]));
        Datastore store = open(Path.of(arguments[0]), S3Config.parse(spec), Metrics.none());
        List<Integer> present = Stream.of(arguments[2].split(","))
                .filter(each -> !each.isEmpty())
                .map(Integer::valueOf)
                .toList();
        for (int i = 0; i < THREADS; i++) {
            KilledWorkload workload = new KilledWorkload(store, i, Long.parseLong(arguments[1]), present);
            Thread.ofPlatform().start(workload::run);
        }
    }

    /** A store with an index in the repo. */
    static Datastore open(Path repo, S3Config config, Metrics metrics) throws Exception {
        Files.createDirectories(repo);
        StoreContext context = new StoreContext(repo, metrics, Map.of());
        return config.withAccess(Access.EXCLUSIVE).open(context.with(new RocksTables(repo.resolve("index"), "1")));
    }

    private void run() {
        while (true) {
            try {
                operate(random.nextInt(10));
            } catch (DatastoreException e) {
                say("F " + thread);
            }
        }
    }

    private void operate(int chance) throws DatastoreException {
        if (chance < 4) {
            check(block());
            return;
        }
        Map<Integer, Boolean> changes = new HashMap<>();
        for (int i = chance < 9 ? 1 : 10; i > 0; i--) {
            changes.put(block(), random.nextInt(3) > 0);
        }
        change(changes);
    }

    private int block() {
        return random.nextInt(BLOCKS / THREADS) * THREADS + thread;
    }

    private void check(int block) throws DatastoreException {
        Boolean isThere = known.get(block);
        boolean has = store.has(new NumberedBlock(block).key());
        if (isThere != null && isThere != has) {
            say("LIE of " + block + ", which is there: " + isThere);
        }
    }

    private void change(Map<Integer, Boolean> changes) throws DatastoreException {
        StringBuilder words = new StringBuilder("B " + thread);
        Batch batch = store.batch();
        for (Map.Entry<Integer, Boolean> change : changes.entrySet()) {
            words.append(change.getValue() ? " +" : " -").append(change.getKey());
            known.remove(change.getKey());
            add(batch, new NumberedBlock(change.getKey()), change.getValue());
        }
        say(words.toString());
        if (changes.size() > 1) {
            batch.commit();
        } else {
            single(changes.entrySet().iterator().next());
        }
        known.putAll(changes);
        say("E " + thread);
    }

    private static void add(Batch batch, NumberedBlock block, boolean isPut) throws DatastoreException {
        if (isPut) {
            batch.put(block.key(), block.value());
        } else {
            batch.delete(block.key());
        }
    }

    private void single(Map.Entry<Integer, Boolean> change) throws DatastoreException {
        NumberedBlock block = new NumberedBlock(change.getKey());
        if (change.getValue()) {
            store.put(block.key(), block.value());
        } else {
            store.delete(block.key());
        }
    }

    private static synchronized void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}
