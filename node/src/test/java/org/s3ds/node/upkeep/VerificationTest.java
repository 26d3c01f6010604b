package org.s3ds.node.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.node.upkeep.MemoryRepo.key;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreType;
import org.s3ds.datastore.flatfs.FlatfsStoreType;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.RepoPlan;
import org.s3ds.node.upkeep.Tally.Item;

/** What is read, found and done when every block is verified, and what of it a run that goes on does not do again. */
final class VerificationTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final VerifyOptions LOOK = new VerifyOptions(false, false);
    private static final VerifyOptions DROP = new VerifyOptions(true, false);
    private static final String EMPTY = "bafkreiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";
    private static final int BLOCKS = 2_345;

    @TempDir
    private Path parent;

    private MemoryRepo repo;
    private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile int readsLeft = Integer.MAX_VALUE;
    private final Map<String, Runnable> onRead = new ConcurrentHashMap<>();
    private final List<String> told = new ArrayList<>();

    /** In the order of their names, the empty directory of init among them. */
    private List<Cid> cids = List.of();

    @BeforeEach
    void lay() throws Exception {
        repo = new MemoryRepo(parent.resolve("repo"), this::before);
        List<Cid> laid = new ArrayList<>(List.of(Cid.parse(EMPTY)));
        for (int i = 1; i < BLOCKS; i++) {
            Block block = Block.hash(
                    new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256),
                    ("block " + i).getBytes(StandardCharsets.UTF_8));
            memory().put(key(block.cid()), block.data());
            laid.add(block.cid());
        }
        laid.sort(Comparator.comparing(MemoryRepo::key, Key.BYTE_ORDER));
        cids = List.copyOf(laid);
        reads.clear();
    }

    private MemoryDatastore memory() {
        return repo.blocks();
    }

    private synchronized void before(String call, Key key) throws DatastoreException {
        if (!call.equals("get") || !key.toString().startsWith("/CIQ")) {
            return;
        }
        reads.add(key.toString());
        Optional.ofNullable(onRead.get(key.toString())).ifPresent(Runnable::run);
        if (unreadable.contains(key.toString()) || --readsLeft < 0) {
            throw new DatastoreException("no way to the store");
        }
    }

    private void corrupt(int... indexes) {
        for (int index : indexes) {
            memory().put(key(cids.get(index)), new byte[] {1, 2, 3});
        }
    }

    private VerifyReport verify(VerifyOptions options, boolean restart) throws IOException {
        told.clear();
        reads.clear();
        try (Node node = repo.open()) {
            return new Verification(node.repo(), node.blocks(), node.kept(), InstantSource.fixed(NOW), new Recorded())
                    .run(options, restart);
        }
    }

    private final class Recorded implements Verification.Listener {
        @Override
        public void goesOn(VerifyPosition from) {
            told.add("goes on behind " + from.tally().get(Item.BLOCKS));
        }

        @Override
        public void looked(Tally sofar) {}

        @Override
        public void found(BadBlock bad) {
            told.add(bad.sentence());
        }

        @Override
        public void missed(Cid cid, String keeper) {
            told.add("missed " + cid + ": " + keeper);
        }

        @Override
        public void notice(String sentence) {
            told.add(sentence);
        }
    }

    private String corruptSentence(int index) {
        return "block " + cids.get(index) + " was corrupt (block in storage has different hash than requested)";
    }

    @Test
    void everyBlockIsReadOnceAndThenItIsKnownHowManyThereAre() throws Exception {
        memory().put(Key.of("/SHARDING"), new byte[1]);
        VerifyReport report = verify(LOOK, false);
        assertEquals("verify complete, all blocks validated.", report.summary());
        assertTrue(report.succeeded());
        assertEquals(BLOCKS, reads.size());
        assertEquals(BLOCKS, Set.copyOf(reads).size());
        assertEquals(List.of(), told);
        assertEquals(1, report.tally().get(Item.FOREIGN));
        assertEquals(List.of("SHARDING"), report.foreign());
        try (Node node = repo.open()) {
            Usage usage = Usage.last(node.repo(), told::add).orElseThrow();
            assertEquals(new Usage(BLOCKS, report.tally().get(Item.BYTES), NOW), usage);
        }
        assertFalse(Files.exists(repo.folder().resolve("s3ds/verify.json")));
    }

    @Test
    void corruptBlocksAreToldAndStay() throws Exception {
        corrupt(3, 2_000);
        VerifyReport report = verify(LOOK, false);
        assertEquals(List.of(corruptSentence(3), corruptSentence(2_000)), told);
        assertEquals("verify complete, 2 blocks corrupt", report.summary());
        assertFalse(report.succeeded());
        assertEquals(BLOCKS + 2, reads.size(), "bytes that are wrong are fetched once more");
        assertTrue(memory().has(key(cids.get(3))));
    }

    @Test
    void corruptBlocksAreRemovedIfAskedForAndWhatNeedsThemIsSaid() throws Exception {
        int empty = cids.indexOf(Cid.parse(EMPTY));
        int other = empty == 5 ? 6 : 5;
        corrupt(empty, other);
        VerifyReport report = verify(DROP, false);
        assertEquals("verify complete, 2 blocks corrupt, 2 removed", report.summary());
        assertTrue(report.succeeded());
        assertEquals(3, told.size(), told::toString);
        assertTrue(told.contains(corruptSentence(other) + ", removed"), told::toString);
        assertEquals("missed " + EMPTY + ": pinned: recursive", told.getLast());
        assertFalse(memory().has(key(cids.get(empty))) || memory().has(key(cids.get(other))));
        assertEquals(
                "verify complete, all blocks validated.", verify(LOOK, false).summary());
    }

    @Test
    void aBlockThatIsPutAgainBeforeItIsRemovedStays() throws Exception {
        corrupt(7);
        AtomicInteger times = new AtomicInteger();
        onRead.put(key(cids.get(7)).toString(), () -> {
            if (times.incrementAndGet() == 3) {
                memory().put(key(cids.get(7)), original(cids.get(7)));
            }
        });
        VerifyReport report = verify(DROP, false);
        assertEquals("verify complete, 1 blocks corrupt, 1 left", report.summary());
        assertTrue(report.succeeded());
        assertTrue(memory().has(key(cids.get(7))));
    }

    private static byte[] original(Cid cid) {
        for (int i = 1; i < BLOCKS; i++) {
            byte[] data = ("block " + i).getBytes(StandardCharsets.UTF_8);
            if (HashFunction.SHA2_256.hash(data).equals(cid.hash())) {
                return data;
            }
        }
        return new byte[] {0x0a, 0x02, 0x08, 0x01};
    }

    @Test
    void whereNothingCanBeReadTheRunEndsAndTheNextGoesOnFromThere() throws Exception {
        corrupt(10, 2_300);
        readsLeft = 1_500;
        IOException e = assertThrows(IOException.class, () -> verify(DROP, false));
        assertTrue(
                String.valueOf(e.getMessage())
                        .matches("block \\w+ could not be read, nor could others, which says nothing of them"
                                + " \\(no way to the store\\); run the command again: it goes on from here"),
                e.getMessage());
        assertEquals(List.of(corruptSentence(10) + ", removed"), told);
        assertTrue(memory().has(key(cids.get(2_300))));
        readsLeft = Integer.MAX_VALUE;
        VerifyReport report = verify(DROP, false);
        assertTrue(told.getFirst().matches("goes on behind 1[45]\\d\\d"), told::toString);
        assertEquals(corruptSentence(2_300) + ", removed", told.get(1));
        assertEquals("verify complete, 2 blocks corrupt, 2 removed", report.summary());
        assertEquals(BLOCKS, report.tally().get(Item.BLOCKS));
        assertTrue(reads.size() < BLOCKS - 1_400, () -> reads.size() + " reads");
        verify(DROP, false);
        assertEquals(List.of(), told, "what came to its end is not gone on with");
    }

    @Test
    void aBlockThatAloneCannotBeReadIsToldAndNeverRemoved() throws Exception {
        corrupt(4);
        unreadable.add(key(cids.get(0)).toString());
        unreadable.add(key(cids.get(1_234)).toString());
        VerifyReport report = verify(DROP, false);
        assertEquals("verify complete, 1 blocks corrupt, 1 removed, 2 could not be read", report.summary());
        assertFalse(report.succeeded());
        assertTrue(memory().has(key(cids.get(0))) && memory().has(key(cids.get(1_234))));
        assertEquals("block " + cids.get(0) + " could not be read (no way to the store)", told.getFirst());
    }

    @Test
    void aRunThatIsToDoSomethingElseOrIsAskedToBeginsAnew() throws Exception {
        readsLeft = 1_500;
        assertThrows(IOException.class, () -> verify(LOOK, false));
        assertThrows(IOException.class, () -> verify(DROP, false));
        assertTrue(told.getFirst().startsWith("the run before this one was cut short"), told::toString);
        readsLeft = 1_500;
        assertThrows(IOException.class, () -> verify(DROP, true));
        assertEquals(List.of(), told);
        readsLeft = Integer.MAX_VALUE;
        Files.writeString(repo.folder().resolve("s3ds/verify.json"), "{\"drop\":true,\"last\"");
        verify(DROP, false);
        assertEquals(BLOCKS, reads.size());
        assertTrue(told.getFirst().contains("verify.json cannot be used and is passed over"), told::toString);
    }

    @Test
    void whereTheRepoHasItsBlocksElsewhereSinceARunBeginsAnew() throws Exception {
        readsLeft = 1_500;
        assertThrows(IOException.class, () -> verify(LOOK, false));
        readsLeft = Integer.MAX_VALUE;
        corrupt(3);
        repo.moveTo("c");
        VerifyReport report = verify(LOOK, false);
        assertEquals("verify complete, 1 blocks corrupt", report.summary());
        assertEquals(
                "the run before this one was cut short, and the repo has its blocks elsewhere since; this one begins"
                        + " with the first block",
                told.getFirst());
    }

    @Test
    void whatIsLargerThanAnyBlockIsCorruptAndIsNotRead() throws Exception {
        Path folder = parent.resolve("files");
        Map<String, Object> flatfs = Map.of(
                "type",
                "flatfs",
                "mountpoint",
                "/blocks",
                "path",
                "blocks",
                "shardFunc",
                "/repo/flatfs/shard/v1/next-to-last/2",
                "sync",
                false);
        Map<String, Object> spec =
                Map.of("type", "mount", "mounts", List.of(flatfs, Map.of("type", "mem", "mountpoint", "/")));
        SecureRandom random = new SecureRandom();
        RepoPlan plan = RepoPlan.fresh(Identity.ed25519(random), spec, List.of("test"), random);
        List<StoreType> types = List.of(new FlatfsStoreType());
        Node.init(folder, plan, types, Metrics.none(), Map.of());
        try (Node node = Node.open(folder, types, Metrics.none(), Map.of())) {
            Block block = Block.hash(CidFormat.V0, new byte[] {1});
            node.blocks().put(block);
            String name = key(block.cid()).toString().substring(1);
            Path file = folder.resolve("blocks")
                    .resolve(name.substring(name.length() - 3, name.length() - 1))
                    .resolve(name + ".data");
            try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                large.setLength(3L << 30);
            }
            VerifyReport report = new Verification(
                            node.repo(), node.blocks(), node.kept(), InstantSource.fixed(NOW), new Recorded())
                    .run(DROP, false);
            assertEquals("verify complete, 1 blocks corrupt, 1 removed", report.summary());
            assertTrue(
                    told.getFirst()
                            .endsWith("was corrupt (what is in storage is larger than any block: 3221225472 bytes),"
                                    + " removed"),
                    told::toString);
        }
    }

    @Test
    void whatIsGoneSinceItWasListedIsNotCounted() throws Exception {
        onRead.put(key(cids.get(9)).toString(), () -> memory().delete(key(cids.get(9))));
        VerifyReport report = verify(LOOK, false);
        assertEquals(BLOCKS - 1, report.tally().get(Item.BLOCKS));
        assertEquals("verify complete, all blocks validated.", report.summary());
    }

    @Test
    void aBlockWhoseHashNobodyTrustsIsNotTakenForWhole() throws Exception {
        Multihash shortened = HashFunction.SHA2_256.hash(new byte[] {1}, 16);
        Cid cid = Cid.v1(Multicodec.RAW, shortened);
        memory().put(key(cid), new byte[] {1});
        VerifyReport report = verify(DROP, false);
        assertEquals("verify complete, 0 blocks corrupt, 1 not checked", report.summary());
        assertFalse(report.succeeded());
        assertTrue(memory().has(key(cid)));
        assertTrue(told.getFirst().startsWith("block " + cid + " was not checked (digest too small"), told::toString);
    }

    @Test
    void whereThereIsNothingToHealFromItIsSaidBeforeAnythingIsRead() throws Exception {
        IOException e = assertThrows(IOException.class, () -> verify(new VerifyOptions(true, true), false));
        assertTrue(String.valueOf(e.getMessage()).startsWith("there is nothing to heal blocks from:"), e.getMessage());
        assertEquals(0, reads.size());
    }
}
