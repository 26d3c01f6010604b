package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Metrics;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.Node;
import org.s3ds.node.mfs.CopyOptions;
import org.s3ds.node.mfs.CopySource;
import org.s3ds.node.mfs.Mfs;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.mfs.WriteOptions;

/**
 * Random changes of the files of a repo, which is opened anew at random, held against {@link ModelFiles}: what the
 * model refuses is refused and changes nothing, and every name and byte is as the model has it. Chunks of 16 bytes and
 * directories sharded above a few names make deep trees of little content. The seed is printed; {@code -Ds3ds.seed=N}
 * repeats it, {@code -Ds3ds.changes=N} says how many on files; on a bucket, where each takes as long as several, it is
 * a third.
 */
class RandomFilesTest {
    private static final List<String> NAMES = Stream.iterate(0, i -> i + 1)
            .limit(14)
            .map(i -> "name%02d".formatted(i))
            .toList();

    private static final int DEEPEST = 4;
    private static final int LONGEST = 400;
    private static final int LOOKS = 150;

    @TempDir
    Path directory;

    private final Random random;
    private final ModelFiles model = new ModelFiles();
    private final Map<Cid, ModelFiles.Entry> known = new HashMap<>();
    private int changed;
    private int refused;

    RandomFilesTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("random files: -Ds3ds.seed=" + seed);
        random = new Random(seed);
    }

    private static int changes() {
        return Integer.getInteger("s3ds.changes", 1_500);
    }

    @Test
    void onABucket() throws Exception {
        try (TestBucket bucket = TestBucket.embedded(directory.resolve("server"))) {
            change(bucket.spec("node1"), changes() / 3);
        }
    }

    @Test
    void onFlatfs() throws Exception {
        String sharding = "/repo/flatfs/shard/v1/next-to-last/2";
        change(Map.of("type", "flatfs", "path", "blocks", "sync", false, "shardFunc", sharding), changes());
    }

    private void change(Map<String, Object> blocks, int changes) throws Exception {
        Cli cli = new Cli(directory);
        TestRepo.init(cli, blocks);
        configure(cli, "Import.UnixFSChunker", "size-16");
        configure(cli, "Import.UnixFSHAMTDirectorySizeThreshold", "256B");
        configure(cli, "--json", "Import.UnixFSHAMTDirectoryMaxFanout", "8");
        while (changed + refused < changes) {
            try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), TestRepo.environment(cli))) {
                int many = 1 + random.nextInt(changes / 10);
                for (int i = 0; i < many; i++) {
                    changeOnce(node.mfs());
                    lookAtSome(node);
                }
                assertEquals(Optional.empty(), new FilesCheck(node).difference(model));
            }
        }
        System.out.println(changed + " changes, " + refused + " refused");
        lookAtEnd(cli, model);
        assertTrue(changed > refused / 4, "nearly everything was refused");
    }

    /** Looks at what became of the repo, which is closed. */
    void lookAtEnd(Cli cli, ModelFiles expected) throws Exception {
        assertEquals(0, cli.run("repo", "verify").exit());
    }

    private static void configure(Cli cli, String... words) {
        List<String> command = new ArrayList<>(List.of("config"));
        command.addAll(List.of(words));
        Cli.Result result = cli.run(command.toArray(String[]::new));
        assertEquals(0, result.exit(), result.err());
    }

    /** A change, made to the files and to the model. */
    private record Change(String words, Made made, Expected expected) {
        private interface Made {
            void make() throws IOException;
        }

        private interface Expected {
            void make() throws ModelFiles.Refused;
        }
    }

    private void changeOnce(Mfs files) throws IOException {
        Change change = any(files);
        Cid before = root(files);
        boolean fails = false;
        try {
            change.expected.make();
        } catch (ModelFiles.Refused e) {
            fails = true;
        }
        try {
            change.made.make();
            assertTrue(!fails, () -> "not refused: " + change.words);
            changed++;
        } catch (IOException e) {
            if (!fails) {
                throw new AssertionError("refused: " + change.words, e);
            }
            assertEquals(before, root(files), () -> "refused, but changed: " + change.words);
            refused++;
        }
    }

    private static Cid root(Mfs files) throws IOException {
        return files.find(MfsPath.ROOT).cid();
    }

    private Change any(Mfs files) {
        MfsPath path = path();
        MfsPath other = path();
        boolean one = random.nextBoolean();
        boolean two = random.nextBoolean();
        return switch (random.nextInt(10)) {
            case 0 ->
                new Change(
                        "mkdir " + path,
                        () -> files.makeDirectory(path, one, format()),
                        () -> model.makeDirectory(path, one));
            case 1, 2, 3, 4 -> write(files, path, one, two);
            case 5 ->
                new Change(
                        "cp " + path + " " + other,
                        () -> files.copy(
                                new CopySource.Files(path), other, new CopyOptions(one, two, Optional.empty())),
                        () -> model.copy(model.find(path), other, one, two));
            case 6 -> copyContent(files, other, one, two);
            case 7 ->
                new Change("mv " + path + " " + other, () -> files.move(path, other), () -> model.move(path, other));
            case 8 -> remove(files, path);
            default -> attributes(files, path);
        };
    }

    /** What was somewhere among the files at some time. */
    private Change copyContent(Mfs files, MfsPath to, boolean force, boolean parents) {
        List<Cid> cids = List.copyOf(known.keySet());
        if (cids.isEmpty()) {
            return new Change("mkdir -p /", () -> files.makeDirectory(MfsPath.ROOT, true, Optional.empty()), () -> {});
        }
        Cid cid = cids.get(random.nextInt(cids.size()));
        return new Change(
                "cp /ipfs/" + cid + " " + to,
                () -> files.copy(
                        new CopySource.Content(cid, "/ipfs/" + cid),
                        to,
                        new CopyOptions(force, parents, Optional.empty())),
                () -> model.copy(Optional.ofNullable(known.get(cid)), to, force, parents));
    }

    private Change write(Mfs files, MfsPath path, boolean create, boolean parents) {
        boolean truncate = random.nextInt(4) == 0;
        int offset = random.nextInt(3) == 0 ? random.nextInt(LONGEST) : 0;
        byte[] bytes = new byte[random.nextInt(LONGEST)];
        random.nextBytes(bytes);
        int count = random.nextInt(4) == 0 ? random.nextInt(LONGEST) : LONGEST;
        byte[] taken = Arrays.copyOf(bytes, Math.min(count, bytes.length));
        Optional<Boolean> raw = random.nextInt(4) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty();
        WriteOptions how = new WriteOptions(offset, OptionalLong.of(count), create, parents, truncate, raw, format());
        return new Change(
                "write " + path + " " + how,
                () -> files.write(path, how, new ByteArrayInputStream(bytes)),
                () -> model.write(path, taken, offset, create, parents, truncate));
    }

    private Change remove(Mfs files, MfsPath path) {
        return new Change(
                "rm -r " + path,
                () -> {
                    List<String> failures = files.remove(List.of(path.toString()), true, false);
                    if (!failures.isEmpty()) {
                        throw new IOException(failures.getFirst());
                    }
                },
                () -> model.remove(path));
    }

    private Change attributes(Mfs files, MfsPath path) {
        Change.Expected there = () -> {
            if (model.find(path).isEmpty()) {
                throw new ModelFiles.Refused();
            }
        };
        int mode = random.nextInt(01000);
        Mtime time = new Mtime(random.nextInt(), random.nextInt(1000));
        return random.nextBoolean()
                ? new Change("chmod " + path, () -> files.changeMode(path, mode), there)
                : new Change("touch " + path, () -> files.changeTime(path, time), there);
    }

    private Optional<CidFormat> format() {
        return switch (random.nextInt(4)) {
            case 0 -> Optional.of(CidFormat.V1);
            case 1 -> Optional.of(CidFormat.V0);
            default -> Optional.empty();
        };
    }

    private MfsPath path() {
        List<String> names = new ArrayList<>();
        int depth = 1 + random.nextInt(DEEPEST);
        for (int i = 0; i < depth; i++) {
            names.add(NAMES.get(random.nextInt(i == depth - 1 ? NAMES.size() : 3)));
        }
        return new MfsPath(names, false);
    }

    /** Now and then one path is looked at, and remembered by its CID. */
    private void lookAtSome(Node node) throws IOException {
        MfsPath path = path();
        Optional<ModelFiles.Entry> entry = model.find(path);
        if (entry.isEmpty() || random.nextInt(LOOKS) != 0) {
            return;
        }
        MfsNode found = node.mfs().find(path);
        assertEquals(Optional.empty(), FilesCheck.difference(path.toString(), entry.get(), found));
        if (known.size() < 20) {
            known.put(found.cid(), entry.get());
        }
    }
}
