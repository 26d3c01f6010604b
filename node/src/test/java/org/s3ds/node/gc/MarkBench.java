package org.s3ds.node.gc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;

/**
 * How fast marks are made, of files with raw leaves in a store in memory, beside a plain walk over the same blocks that
 * reads one after the other and keeps CIDs in a {@code HashSet}: {@code MarkBench FOLDER [BLOCKS [ROUNDS]]}. The leaves
 * are names alone, since nobody reads them.
 */
final class MarkBench {
    private static final int LINKS = 174;
    private static final CidFormat NODE = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);

    private final Blockstore blocks = new Blockstore(new MemoryDatastore(), HashPolicy.kubo());
    private final Path folder;
    private final List<Cid> files = new ArrayList<>();
    private long made;

    private MarkBench(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        MarkBench bench = new MarkBench(Path.of(arguments[0]));
        bench.make(arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        for (int round = 1; round <= rounds; round++) {
            bench.measure(round + ": marks     ", bench::mark);
            bench.measure(round + ": plain walk", bench::walk);
        }
    }

    /** Files of 174 × 30 leaves each. */
    private void make(long count) throws IOException {
        while (made < count) {
            List<Link> below = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                below.add(node(leaves()));
            }
            files.add(node(below).cid());
        }
    }

    private List<Link> leaves() {
        List<Link> leaves = new ArrayList<>();
        for (int i = 0; i < LINKS; i++) {
            byte[] data = ByteBuffer.allocate(Long.BYTES).putLong(made++).array();
            leaves.add(new Link("", RAW.cid(data), 1 << 18));
        }
        return leaves;
    }

    private Link node(List<Link> links) throws IOException {
        Block block = Block.hash(NODE, PbNode.of(links, new byte[10]).encode());
        blocks.put(block);
        made++;
        return new Link("", block.cid(), 1 << 20);
    }

    private interface Step {
        long run() throws IOException;
    }

    private void measure(String what, Step step) throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long found = step.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (system.getProcessCpuTime() - cpu) / 1e3;
        if (found != made) {
            throw new IllegalStateException(found + " blocks instead of " + made);
        }
        System.out.printf("%s %8.0f blocks/s, CPU %.2f µs for each%n", what, found / seconds, cpuMicros / found);
    }

    private long mark() throws IOException {
        try (Marks marks = new Marks(folder, Runtime.getRuntime().maxMemory() / 8)) {
            Deque<Cid> roots = new ArrayDeque<>(files);
            new Mark(blocks, marks, (kept, read, bytes) -> {})
                    .run(() -> Optional.ofNullable(roots.poll()).map(cid -> new Root("a file", cid, Root.Extent.DAG)));
            return marks.size();
        }
    }

    private long walk() throws IOException {
        Set<Cid> seen = new HashSet<>();
        Deque<Cid> waiting = new ArrayDeque<>(files);
        while (!waiting.isEmpty()) {
            Cid cid = waiting.pop();
            if (seen.add(cid) && !BlockLinks.hasNone(cid.codec())) {
                BlockLinks.of(blocks.get(cid)).forEach(link -> waiting.push(link.cid()));
            }
        }
        return seen.size();
    }
}
