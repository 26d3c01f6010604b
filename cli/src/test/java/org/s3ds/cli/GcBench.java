package org.s3ds.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.gc.Collected;
import org.s3ds.node.gc.GarbageCollector;

/**
 * Collects garbage from a bucket in the same process, half of whose tiny blocks are garbage: {@code GcBench BLOCKS
 * ROUNDS}. Prints of each round what it took of wall and CPU time, without what the server's threads took. The first
 * rounds warm up.
 */
final class GcBench implements GarbageCollector.Listener {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final GarbageCollector.Options OPTIONS =
            new GarbageCollector.Options(false, false, false, Optional.empty());

    private final SyntheticBucket bucket;
    private long begin;
    private long marked;

    private GcBench(SyntheticBucket bucket) {
        this.bucket = bucket;
    }

    public static void main(String[] words) throws Exception {
        int half = Integer.parseInt(words[0]) / 2;
        for (int round = 0; round < Integer.parseInt(words[1]); round++) {
            try (SyntheticBucket bucket = new SyntheticBucket()) {
                Cli cli = new Cli(Files.createTempDirectory("gc-bench"));
                TestRepo.init(cli, LargeGcTest.spec(bucket, ""));
                ManyBlocks blocks = new ManyBlocks(bucket, "");
                blocks.garbage(half);
                LargeGcTest.pin(cli, blocks.dag(half - 1));
                bucket.requests();
                new GcBench(bucket).measure(cli.repo());
            }
        }
    }

    private void measure(Path repo) throws IOException {
        try (Node node = Node.open(repo, Stores.bundled(), Metrics.none(), Map.of())) {
            GarbageCollector collector = new GarbageCollector(
                    node.repo().datastore(),
                    node.blocks(),
                    node.pins(),
                    repo.resolve("s3ds").resolve("gc"),
                    InstantSource.system());
            begin = ownCpu();
            Collected collected = collector.collect(OPTIONS, this);
            long swept = ownCpu();
            System.out.printf(
                    "marked %d in %d ms, CPU %d ms (%.0f/s of CPU); listed %d, removed %d in %d ms, CPU %.1f us for each"
                            + " listed; requests %s%n",
                    collected.marked(),
                    collected.marking().toMillis(),
                    (marked - begin) / 1_000_000,
                    collected.marked() / Math.max((marked - begin) / 1e9, 1e-9),
                    collected.swept().listed(),
                    collected.swept().removed(),
                    collected.sweeping().toMillis(),
                    (swept - marked) / 1e3 / collected.swept().listed(),
                    bucket.requests());
        }
    }

    private long ownCpu() {
        return PROCESS.getProcessCpuTime() - bucket.cpuNanos();
    }

    @Override
    public void marked(long kept, long read, long bytes) {}

    @Override
    public void listed(long blocks) {
        if (blocks == 1) {
            marked = ownCpu();
        }
    }

    @Override
    public void removed(ListedBlock block) {}

    @Override
    public void notRemoved(Multihash hash, IOException failure) throws IOException {
        throw failure;
    }

    @Override
    public void notice(String notice) {
        System.out.println(notice);
    }
}
