package org.s3ds.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.car.CarWriter;

/** Takes a large DAG in from a CAR, measures it, writes it out, unpins and collects it, on flatfs: see bench/dag. */
final class DagBench {
    private static final int LINKS = 174;
    private static final int LEAF = 64;

    private final Path folder;
    private final int leaves;

    private DagBench(Path folder, int leaves) {
        this.folder = folder;
        this.leaves = leaves;
    }

    /**
     * Runs it.
     *
     * @param arguments an empty folder, and how many leaves the DAG has
     */
    public static void main(String[] arguments) throws IOException {
        new DagBench(Path.of(arguments[0]).toAbsolutePath(), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws IOException {
        TestRepo.init(new Cli(folder), flatfs());
        Cid root = build(block -> {});
        Path car = folder.resolve("in.car");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(car))) {
            CarWriter writer = new CarWriter(out, List.of(root));
            build(writer::write);
        }
        System.out.printf("a CAR of %,d bytes%n", Files.size(car));
        time("dag", "import", "--stats", car.toString());
        time("dag", "stat", "--progress=false", root.toString());
        time("dag", "export", "--progress=false", root.toString());
        time("pin", "verify");
        time("repo", "gc", "-q");
        time("pin", "rm", root.toString());
        time("repo", "gc", "-q");
    }

    private static Map<String, Object> flatfs() {
        return Map.of(
                "type", "flatfs", "path", "blocks", "sync", false, "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2");
    }

    /** Hands over every block of the DAG, leaves first, and answers the root. */
    private Cid build(BlockSink sink) throws IOException {
        List<Cid> level = new ArrayList<>();
        List<Cid> children = new ArrayList<>();
        for (int i = 0; i < leaves; i++) {
            byte[] data = ByteBuffer.allocate(LEAF).putInt(i).array();
            children.add(put(Block.hash(CidFormat.V1.withCodec(Multicodec.RAW), data), sink));
            if (children.size() == LINKS || i == leaves - 1) {
                level.add(put(node(children), sink));
                children.clear();
            }
        }
        while (level.size() > 1) {
            List<Cid> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += LINKS) {
                above.add(put(node(level.subList(i, Math.min(level.size(), i + LINKS))), sink));
            }
            level = above;
        }
        return level.getFirst();
    }

    private static Cid put(Block block, BlockSink sink) throws IOException {
        sink.put(block);
        return block.cid();
    }

    private static Block node(List<Cid> children) {
        List<Link> links =
                children.stream().map(child -> new Link("", child, LEAF)).toList();
        return Block.hash(CidFormat.V1, PbNode.of(links, null).encode());
    }

    private void time(String... words) throws IOException {
        long begin = System.nanoTime();
        Path out = folder.resolve("out");
        int exit;
        try (PrintStream to = new PrintStream(Files.newOutputStream(out), true, StandardCharsets.UTF_8)) {
            Terminal terminal = new Terminal(
                    InputStream.nullInputStream(),
                    to,
                    System.err,
                    folder,
                    Map.of("IPFS_PATH", folder.resolve("repo").toString(), "HOME", folder.toString()),
                    true,
                    false,
                    false);
            exit = Main.run(terminal, words);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "%-12s exit %d, %.1f s, %,d bytes on standard output%n",
                String.join(" ", List.of(words).subList(0, 2)), exit, took.toMillis() / 1000.0, Files.size(out));
    }
}
