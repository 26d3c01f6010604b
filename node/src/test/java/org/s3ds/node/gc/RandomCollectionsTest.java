package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.MountDatastore;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.flatfs.FlatfsStoreType;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.BrokenDagException;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.pins.PinException;
import org.s3ds.node.pins.PinMode;
import org.s3ds.node.pins.PinRecord;

/**
 * Threads that add, pin, update, unpin, put and remove, while collections follow one another, with pauses at every call
 * to the store, some of them long enough for a whole collection: what is pinned is whole, and all else goes. The seed
 * of what is done and of the pauses is printed; {@code -Ds3ds.seed=N} repeats it, as far as threads repeat anything.
 */
class RandomCollectionsTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);
    private static final Key BLOCKS = Key.raw("/blocks");
    private static final Key PIN_MARK = Key.raw("/pins/state/dirty");
    private static final int WRITERS = 4;
    private static final int DEEDS = 3;

    /** Parts that files are made of: few, so that most blocks are in several files. */
    private static final int PARTS = 4;

    private static final int FILES = 12;

    @TempDir
    Path directory;

    private final Random random;
    private final Set<Cid> roots = ConcurrentHashMap.newKeySet();

    /** Of one round: what was pinned and acknowledged, and what somebody wanted to unpin. */
    private final Set<Cid> pinned = ConcurrentHashMap.newKeySet();

    private final Set<Cid> unpinned = ConcurrentHashMap.newKeySet();

    RandomCollectionsTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("random collections: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    int rounds() {
        return Integer.getInteger("s3ds.rounds", 150);
    }

    @Test
    void inMemory() throws Exception {
        run(new MemoryDatastore(), rounds());
    }

    @Test
    void onFlatfs() throws Exception {
        Map<String, Object> spec =
                Map.of("path", "blocks", "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2", "sync", false);
        StoreContext context = new StoreContext(directory, Metrics.none(), Map.of());
        try (Datastore flatfs = new FlatfsStoreType().parse(Map.copyOf(spec)).open(context);
                Datastore mounted = new MountDatastore(List.of(
                        new MountDatastore.Mount(BLOCKS, flatfs),
                        new MountDatastore.Mount(Key.ROOT, new MemoryDatastore())))) {
            run(mounted, rounds());
        }
    }

    private void run(Datastore store, int rounds) throws Exception {
        BusyNode quiet = new BusyNode(store, directory.resolve("gc"));
        Cid files = quiet.add("what the files keep", false);
        store.put(FilesRoot.KEY, files.toBytes());
        BusyNode busy = new BusyNode(new PausingDatastore(store, this::pause), directory.resolve("gc"));
        for (int round = 0; round < rounds; round++) {
            run(quiet, busy);
            if (random.nextInt(10) == 0) {
                assertNothingElseIsLeft(quiet, files);
            }
        }
        for (PinRecord pin : quiet.pinned()) {
            quiet.unpin(pin.cid());
        }
        assertNothingElseIsLeft(quiet, files);
    }

    /** Longer where most depends on it: before a block is deleted, and before a pin is written. */
    private void pause(String call, Key key) {
        boolean deletes = call.equals("delete") && BLOCKS.isAncestorOf(key);
        boolean pins = call.equals("put") && PIN_MARK.equals(key);
        int chance = random.nextInt(deletes || pins ? 10 : 400);
        if (chance == 0) {
            LockSupport.parkNanos(random.nextInt(5_000_000));
        } else if (chance < 20) {
            LockSupport.parkNanos(random.nextInt(200_000));
        }
    }

    private void run(BusyNode quiet, BusyNode busy) throws Exception {
        pinned.clear();
        unpinned.clear();
        quiet.pinned().forEach(pin -> pinned.add(pin.cid()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                all.add(threads.submit(() -> write(busy)));
            }
            all.add(threads.submit(() -> collect(busy)));
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertPinsAreWhole(quiet);
    }

    private Object collect(BusyNode node) throws IOException {
        for (int i = random.nextInt(3); i >= 0; i--) {
            node.collect();
        }
        return node;
    }

    private Object write(BusyNode node) throws IOException {
        for (int i = random.nextInt(DEEDS); i >= 0; i--) {
            try {
                doAnything(node);
            } catch (PinException | MissingBlockException | BrokenDagException _) {
                // what was to be pinned, or updated, is not there: nothing is promised
            }
        }
        return node;
    }

    private void doAnything(BusyNode node) throws IOException {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> add(node);
            case 3 -> pin(node, anyRoot());
            case 4, 5 -> update(node, anyRoot(), anyRoot());
            case 6 -> unpin(node, anyRoot());
            case 7 -> node.put(block(), false);
            case 8 -> putPinned(node);
            default -> node.remove(random.nextBoolean() ? block().cid() : anyRoot());
        }
    }

    private void add(BusyNode node) throws IOException {
        boolean pin = random.nextInt(4) != 0;
        Cid root = node.add(content(), pin);
        roots.add(root);
        if (pin) {
            pinned.add(root);
        }
    }

    private void pin(BusyNode node, Cid root) throws IOException {
        if (random.nextInt(4) == 0) {
            node.pinDirect(root);
        } else {
            node.pin(root);
        }
        pinned.add(root);
    }

    private void update(BusyNode node, Cid from, Cid to) throws IOException {
        boolean unpin = random.nextInt(4) != 0;
        if (unpin && !from.equals(to)) {
            unpinned.add(from);
        }
        node.update(from, to, unpin);
        pinned.add(to);
    }

    private void unpin(BusyNode node, Cid root) throws IOException {
        unpinned.add(root);
        node.unpin(root);
    }

    private void putPinned(BusyNode node) throws IOException {
        Block block = random.nextBoolean() ? block() : node.get(anyRoot());
        node.put(block, true);
        pinned.add(block.cid());
    }

    private Cid anyRoot() {
        List<Cid> all = List.copyOf(roots);
        return all.isEmpty() ? block().cid() : all.get(random.nextInt(all.size()));
    }

    /** One that is also a leaf of files. */
    private Block block() {
        return Block.hash(RAW, part().getBytes(StandardCharsets.UTF_8));
    }

    /** That of one of few files, so that garbage is often added again. */
    private String content() {
        Random file = new Random(random.nextInt(FILES));
        return IntStream.rangeClosed(0, 1 + file.nextInt(4))
                .mapToObj(i -> "par" + file.nextInt(PARTS))
                .collect(Collectors.joining());
    }

    private String part() {
        return "par" + random.nextInt(PARTS);
    }

    private void assertPinsAreWhole(BusyNode node) throws IOException {
        Set<Cid> there = new HashSet<>();
        for (PinRecord pin : node.pinned()) {
            there.add(pin.cid());
            node.keptBy(pin);
        }
        pinned.removeAll(unpinned);
        assertTrue(there.containsAll(pinned), () -> "pins are lost: " + pinned + " of " + there);
    }

    private static void assertNothingElseIsLeft(BusyNode node, Cid files) throws IOException {
        node.collect();
        Set<Multihash> kept = new HashSet<>(node.keptBy(new PinRecord(files, PinMode.RECURSIVE, "")));
        for (PinRecord pin : node.pinned()) {
            kept.addAll(node.keptBy(pin));
        }
        assertEquals(kept, node.stored());
    }
}
