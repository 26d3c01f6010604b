package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;

@Timeout(30)
final class BlockFetcherTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);

    private final Dag dag = new Dag();

    @Test
    void blocksComeInPreorderHoweverTheyArrive() throws Exception {
        Cid root = dag.node(
                "r", dag.node("a", dag.leaf("a1"), dag.leaf("a2")), dag.leaf("b"), dag.node("c", dag.leaf("c1")));
        dag.hold("a");
        dag.hold("a1");
        dag.hold("b");
        try (BlockFetcher fetcher = fetcher(root, Window.DEFAULT)) {
            assertEquals("r", next(fetcher));
            dag.open("b");
            dag.awaitEnded("b");
            dag.awaitEnded("c");
            dag.open("a");
            assertEquals("a", next(fetcher));
            dag.awaitEnded("a2");
            dag.open("a1");
            assertEquals(List.of("a1", "a2", "b", "c", "c1"), rest(fetcher));
        }
    }

    @RepeatedTest(20)
    void everyBlockIsFetchedOnceAndInOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        Cid root = randomDag(random, 4, new AtomicInteger(), expected);
        Window window = new Window(1 + random.nextInt(8), 1 + random.nextInt(2000000));
        BlockFetcher.Walk walk = random.nextBoolean() ? dag::children : new Whole();
        try (BlockFetcher fetcher = new BlockFetcher(dag, root, walk, window)) {
            assertEquals(expected, rest(fetcher), "seed " + seed);
            assertTrue(fetcher.next().isEmpty());
        }
        assertEquals(expected.size(), dag.gets.size(), "seed " + seed);
        assertEquals(Set.copyOf(expected), new HashSet<>(dag.gets), "seed " + seed);
    }

    @Test
    void siblingsAreFetchedAtOnceUpToTheWindow() throws Exception {
        Cid root = dag.node("r", leaves(10));
        dag.holdAll();
        dag.open("r");
        try (BlockFetcher fetcher = fetcher(root, new Window(4, 1 << 30))) {
            next(fetcher);
            dag.awaitGets(5);
            dag.openAll();
            assertEquals(10, rest(fetcher).size());
        }
        assertEquals(4, dag.most.get());
    }

    @Test
    void nothingIsBegunAheadWhileTheBytesAreUsedUp() throws Exception {
        Cid root = dag.node("r", leaves(10));
        dag.holdAll();
        dag.open("r");
        try (BlockFetcher fetcher = fetcher(root, new Window(4, 512 << 10))) { // room for two of 256 KiB
            next(fetcher);
            dag.awaitGets(3);
            dag.openAll();
            assertEquals(10, rest(fetcher).size());
        }
        assertEquals(2, dag.most.get());
    }

    @Test
    void theBlockWhoseTurnItIsAlwaysComes() throws Exception {
        Cid root = dag.node("r", dag.node("a", leaves(5)), dag.leaf("b"));
        try (BlockFetcher fetcher = fetcher(root, new Window(1, 1))) {
            assertEquals(List.of("r", "a", "l0", "l1", "l2", "l3", "l4", "b"), rest(fetcher));
        }
        assertEquals(1, dag.most.get());
    }

    @RepeatedTest(50)
    void leavesAreFetchedAtOnceThoughTheirUnclesFillTheWindow() throws Exception {
        Cid[] nodes = new Cid[8];
        for (int i = 0; i < 8; i++) {
            nodes[i] = dag.node("n" + i, dag.leaf("n" + i + "a"), dag.leaf("n" + i + "b"), dag.leaf("n" + i + "c"));
        }
        Cid root = dag.node("r", nodes);
        try (BlockFetcher fetcher = fetcher(root, new Window(4, 1 << 30))) {
            next(fetcher);
            List.of("n0", "n1", "n2", "n3").forEach(dag::awaitEnded);
            dag.hold("n0a");
            next(fetcher);
            dag.awaitEnded("n0b"); // while n0a is on its way
            dag.awaitEnded("n0c");
            dag.open("n0a");
            assertEquals(8 * 4 - 1, rest(fetcher).size());
        }
    }

    @Test
    void aBlockThatRepeatsWithinTheWindowIsFetchedOnce() throws Exception {
        Cid same = dag.leaf("same");
        Cid root = dag.node("r", Collections.nCopies(1000, same).toArray(new Cid[0]));
        try (BlockFetcher fetcher = fetcher(root, Window.DEFAULT)) {
            assertEquals(1001, rest(fetcher).size());
        }
        assertEquals(List.of("r", "same"), dag.gets);
    }

    @Test
    void whatTheWalkDoesNotAskForIsNotFetched() throws Exception {
        Cid root = dag.node("r", dag.leaf("a"), dag.leaf("b"), dag.leaf("c"));
        Cid b = dag.cids.get("b");
        try (BlockFetcher fetcher = new BlockFetcher(
                dag, root, block -> block.cid().equals(root) ? List.of(b) : List.of(), Window.DEFAULT)) {
            assertEquals(List.of("r", "b"), rest(fetcher));
        }
        assertEquals(List.of("r", "b"), dag.gets);
    }

    @Test
    void aFailureComesAtItsTurn() throws Exception {
        Cid missing = RAW.cid(new byte[] {9});
        Cid root = dag.node("r", dag.leaf("a"), missing, dag.leaf("b"));
        try (BlockFetcher fetcher = fetcher(root, Window.DEFAULT)) {
            assertEquals("r", next(fetcher));
            dag.awaitEnded("b");
            assertEquals("a", next(fetcher));
            assertEquals(
                    missing,
                    assertThrows(MissingBlockException.class, fetcher::next).cid());
        }
    }

    @Test
    void aWalkThatRefusesABlockEndsIt() throws Exception {
        Cid root = dag.leaf("r");
        IOException refused = new IOException("refused");
        BlockFetcher.Walk walk = block -> {
            throw refused;
        };
        try (BlockFetcher fetcher = new BlockFetcher(dag, root, walk, Window.DEFAULT)) {
            assertSame(refused, assertThrows(IOException.class, fetcher::next));
        }
    }

    @Test
    void closeCancelsWhatIsInFlightAndLeavesNoThread() throws Exception {
        Cid root = dag.node("r", leaves(10));
        dag.holdAll();
        dag.open("r");
        BlockFetcher fetcher = fetcher(root, new Window(4, 1 << 30));
        next(fetcher);
        dag.awaitGets(5);
        fetcher.close();
        assertEquals(0, dag.running.get());
        assertEquals(5, dag.gets.size());
        fetcher.close();
        assertThrows(IllegalStateException.class, fetcher::next);
    }

    @Test
    void anInterruptedWaitThrowsAndLeavesTheFlagSet() throws Exception {
        Cid root = dag.leaf("r");
        dag.holdAll();
        try (BlockFetcher fetcher = fetcher(root, Window.DEFAULT)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, fetcher::next);
            assertTrue(Thread.interrupted());
        }
    }

    @RepeatedTest(50)
    void leavesOfTheNextNodesAreInFlightBeforeThoseOfTheFirstHaveCome() throws Exception {
        Cid[] nodes = new Cid[10];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = dag.node("n" + i, dag.leaf("n" + i + "a"), dag.leaf("n" + i + "b"), dag.leaf("n" + i + "c"));
            dag.hold("n" + i + "a");
            dag.hold("n" + i + "b");
            dag.hold("n" + i + "c");
        }
        Cid root = dag.node("r", nodes);
        try (BlockFetcher fetcher = new BlockFetcher(dag, root, new Whole(), new Window(12, 1 << 30))) {
            assertEquals("r", next(fetcher));
            for (int i = 0; i < nodes.length; i++) {
                dag.awaitEnded("n" + i);
            }
            assertEquals("n0", next(fetcher));
            dag.awaitGets(1 + 10 + 12); // root, nodes, and as many leaves as the window has room for
            assertEquals(12, dag.running.get());
            assertEquals(leafNames(4), leavesOf(dag.gets), "those of the nearest nodes");
            dag.openAll();
            assertEquals(9 + 30, rest(fetcher).size());
        }
        assertEquals(1 + 10 + 30, dag.gets.size());
        assertEquals(12, dag.most.get());
    }

    @RepeatedTest(200)
    void whileTheFirstLeafIsAwaitedTheRestKeepsComing() throws Exception {
        Cid[] nodes = new Cid[10];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = dag.node("n" + i, dag.leaf("n" + i + "a"), dag.leaf("n" + i + "b"), dag.leaf("n" + i + "c"));
        }
        Cid root = dag.node("r", nodes);
        dag.hold("n0a");
        try (BlockFetcher fetcher = new BlockFetcher(dag, root, new Whole(), new Window(4, 1 << 30))) {
            assertEquals(List.of("r", "n0"), List.of(next(fetcher), next(fetcher)));
            // not a virtual thread: while it spins it would keep a carrier from those it waits for
            Thread opener = Thread.ofPlatform().daemon().start(() -> {
                dag.awaitEnded("n3b"); // 8 guesses: those below n1 and n2, and two below n3
                dag.open("n0a");
            });
            assertEquals(9 + 30, rest(fetcher).size());
            opener.join();
        }
    }

    @RepeatedTest(20)
    void wrongGuessesCostRequestsAndNothingElse() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        Cid root = randomDag(random, 4, new AtomicInteger(), expected);
        List<Cid> all = List.copyOf(dag.cids.values());
        BlockFetcher.Walk guesser = new BlockFetcher.Walk() {
            @Override
            public List<Cid> children(Block block) {
                return dag.children(block);
            }

            @Override
            public List<Cid> ahead(Block block) {
                List<Cid> guess = new ArrayList<>(dag.children(block));
                if (random.nextBoolean()) {
                    guess.add(random.nextInt(guess.size() + 1), all.get(random.nextInt(all.size())));
                }
                return guess;
            }
        };
        Window window = new Window(1 + random.nextInt(8), 1 + random.nextInt(2000000));
        try (BlockFetcher fetcher = new BlockFetcher(dag, root, guesser, window)) {
            assertEquals(expected, rest(fetcher), "seed " + seed);
        }
        assertTrue(dag.most.get() <= window.blocks(), "seed " + seed);
    }

    @Test
    void guessesFillNoMoreThanTheBytes() throws Exception {
        Cid[] nodes = new Cid[10];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = dag.node("n" + i, dag.leaf("n" + i + "a"), dag.leaf("n" + i + "b"));
        }
        Cid root = dag.node("r", nodes);
        try (BlockFetcher fetcher = new BlockFetcher(dag, root, new Whole(), new Window(4, 600 << 10))) {
            assertEquals(1 + 10 + 20, rest(fetcher).size());
        }
        assertTrue(dag.most.get() <= 2, "room for two of 256 KiB");
    }

    /** Names such as n0a; those of nodes, such as n0, and the root's are shorter. */
    private static Set<String> leavesOf(List<String> names) {
        return names.stream().filter(name -> name.length() == 3).collect(Collectors.toSet());
    }

    private static Set<String> leafNames(int nodes) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < nodes; i++) {
            names.addAll(List.of("n" + i + "a", "n" + i + "b", "n" + i + "c"));
        }
        return names;
    }

    /** Says before what it is going to visit. */
    private final class Whole implements BlockFetcher.Walk {
        @Override
        public List<Cid> children(Block block) {
            return dag.children(block);
        }

        @Override
        public List<Cid> ahead(Block block) {
            return dag.children(block);
        }
    }

    private BlockFetcher fetcher(Cid root, Window window) {
        return new BlockFetcher(dag, root, dag::children, window);
    }

    private Cid[] leaves(int count) {
        Cid[] leaves = new Cid[count];
        for (int i = 0; i < count; i++) {
            leaves[i] = dag.leaf("l" + i);
        }
        return leaves;
    }

    private Cid randomDag(Random random, int depth, AtomicInteger names, List<String> preorder) {
        String name = "n" + names.getAndIncrement();
        preorder.add(name);
        Cid[] children = new Cid[depth == 0 ? 0 : random.nextInt(6)];
        for (int i = 0; i < children.length; i++) {
            children[i] = randomDag(random, depth - 1, names, preorder);
        }
        return dag.node(name, children);
    }

    private static String next(BlockFetcher fetcher) throws IOException {
        return name(fetcher.next().orElseThrow());
    }

    private static List<String> rest(BlockFetcher fetcher) throws IOException {
        List<String> names = new ArrayList<>();
        for (Optional<Block> block = fetcher.next(); block.isPresent(); block = fetcher.next()) {
            names.add(name(block.get()));
        }
        return names;
    }

    private static String name(Block block) {
        return new String(block.data(), StandardCharsets.UTF_8);
    }

    /** Blocks that hold their names; each can be held back. */
    private static final class Dag implements BlockSource {
        private final Map<String, Cid> cids = new HashMap<>();
        private final Map<Cid, Block> blocks = new HashMap<>();
        private final Map<Cid, List<Cid>> children = new HashMap<>();
        private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
        private final List<String> gets = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, Thread> fetching = new ConcurrentHashMap<>();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Cid leaf(String name) {
            return node(name);
        }

        Cid node(String name, Cid... below) {
            Block block = Block.hash(RAW, name.getBytes(StandardCharsets.UTF_8));
            cids.put(name, block.cid());
            blocks.put(block.cid(), block);
            children.put(block.cid(), List.of(below));
            return block.cid();
        }

        List<Cid> children(Block block) {
            return children.getOrDefault(block.cid(), List.of());
        }

        @Override
        public Block get(Cid cid) throws IOException {
            Block block = blocks.get(cid);
            if (block == null) {
                throw new MissingBlockException(cid);
            }
            fetching.put(name(block), Thread.currentThread());
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gets.add(name(block)); // last: who waits for it finds the rest counted
            try {
                CountDownLatch gate = gates.get(name(block));
                if (gate != null) {
                    gate.await();
                }
                return block;
            } catch (InterruptedException _) {
                throw new InterruptedIOException("cancelled");
            } finally {
                running.decrementAndGet();
            }
        }

        void hold(String name) {
            gates.put(name, new CountDownLatch(1));
        }

        void holdAll() {
            cids.keySet().forEach(this::hold);
        }

        void open(String name) {
            Objects.requireNonNull(gates.get(name)).countDown();
        }

        void openAll() {
            gates.values().forEach(CountDownLatch::countDown);
        }

        void awaitGets(int count) {
            while (gets.size() < count) {
                Thread.onSpinWait();
            }
        }

        /** Waits until the thread that fetched a block is gone: the fetcher has the block then. */
        void awaitEnded(String name) {
            while (!hasEnded(name)) {
                Thread.onSpinWait();
            }
        }

        private boolean hasEnded(String name) {
            Thread thread = fetching.get(name);
            return thread != null && !thread.isAlive();
        }
    }
}
