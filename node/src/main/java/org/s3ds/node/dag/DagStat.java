package org.s3ds.node.dag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.blocks.DagWalk;

/** How much there is in DAGs: each block counted once in a DAG, and once in all of them together. */
public final class DagStat {
    private final Blockstore blocks;
    private final Progress progress;

    /** Blocks of all roots; one root has as many as it, and needs no set for that. */
    private final CidSet all = CidSet.withIdentities();

    private final List<Dag> dags = new ArrayList<>();
    private long uniqueBlocks;
    private long uniqueBytes;
    private long bytes;

    /** Of a node's blocks. */
    public DagStat(Blockstore blocks, Progress progress) {
        this.blocks = blocks;
        this.progress = progress;
    }

    /** Is told how far it is, after each block. */
    @FunctionalInterface
    public interface Progress {
        /** What was met so far, of the last root a part. */
        void found(Summary soFar) throws IOException;
    }

    /**
     * A DAG.
     *
     * @param blocks how many, each once
     * @param bytes of all of them
     */
    public record Dag(Cid root, long blocks, long bytes) {}

    /**
     * Several.
     *
     * @param uniqueBlocks how many there are in all, each once
     * @param uniqueBytes of those
     * @param bytes of each DAG by itself, added up
     */
    public record Summary(List<Dag> dags, long uniqueBlocks, long uniqueBytes, long bytes) {
        /** Copies the list. */
        public Summary {
            dags = List.copyOf(dags);
        }

        /** Bytes that more than one DAG has, each as often as it is there beyond the first time. */
        public long sharedBytes() {
            return bytes - uniqueBytes;
        }
    }

    /**
     * Measures DAGs. Blocks without links are not read, but asked for.
     *
     * @throws IOException when a block is missing or cannot be read
     */
    public Summary of(List<Cid> roots) throws IOException {
        for (Cid root : roots) {
            dags.add(new Dag(root, 0, 0));
            measure(root, roots.size() > 1);
        }
        return summary();
    }

    private Summary summary() {
        return new Summary(dags, uniqueBlocks, uniqueBytes, bytes);
    }

    private void measure(Cid root, boolean isOneOfMany) throws IOException {
        try (DagWalk walk = new DagWalk(blocks, root, DagWalk.Leaves.PROVEN, CidSet.withIdentities())) {
            for (Optional<DagWalk.Visit> next = walk.next(); next.isPresent(); next = walk.next()) {
                DagWalk.Visit visit = next.get();
                if (visit.failure().isPresent()) {
                    throw failure(visit, visit.failure().get());
                }
                add(visit, isOneOfMany);
                progress.found(summary());
            }
        }
    }

    /** A root that is missing is told as by every command. */
    private static IOException failure(DagWalk.Visit visit, IOException why) {
        return visit.place().isRoot() ? why : new IOException("error traversing DAG: " + why.getMessage(), why);
    }

    private void add(DagWalk.Visit visit, boolean isOneOfMany) {
        Dag last = dags.getLast();
        dags.set(dags.size() - 1, new Dag(last.root(), last.blocks() + 1, last.bytes() + visit.size()));
        bytes += visit.size();
        if (!isOneOfMany || all.add(visit.place().cid())) {
            uniqueBlocks++;
            uniqueBytes += visit.size();
        }
    }
}
