package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.PbNode;

/**
 * Blocks of files and directories with bytes changed, cut and put in: what is read is written again the same, walks and
 * changes end after a few steps, and all else is refused with a sentence. Runs for some minutes from its main.
 */
final class TreeFuzz {
    private static final int MOST_STEPS = 5000;

    /** What is made of a changed block. */
    enum Kind {
        DAG_PB,
        UNIXFS,
        DIRECTORY,
        FILE
    }

    private final Random random;
    private final Map<Cid, byte[]> blocks = new HashMap<>();
    private final List<Cid> files = new ArrayList<>();
    private final List<Cid> directories = new ArrayList<>();
    private final List<Cid> all;
    private int refused;

    TreeFuzz(Random random) throws IOException {
        this.random = random;
        for (Layout layout : Layout.values()) {
            files.add(file(CidFormat.V0, layout));
            files.add(file(CidFormat.V1, layout));
        }
        directories.add(directory(0));
        directories.add(directory(1));
        this.all = List.copyOf(blocks.keySet());
    }

    /** One kind, for so many minutes, 10 unless it is said. */
    static void main(String[] arguments) throws IOException {
        Kind kind = Kind.valueOf(arguments[0]);
        long seed = System.nanoTime();
        Duration time = Duration.ofMinutes(arguments.length == 1 ? 10 : Long.parseLong(arguments[1]));
        System.out.println(kind + " for " + time + ": seed " + seed);
        TreeFuzz fuzz = new TreeFuzz(new Random(seed));
        long rounds = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); rounds++) {
            fuzz.round(kind);
        }
        System.out.println(rounds + " rounds, " + fuzz.refused + " refused");
    }

    int refused() {
        return refused;
    }

    void round(Kind kind) throws IOException {
        try {
            switch (kind) {
                case DAG_PB -> nodeIsWrittenAsRead(changed(data(all)));
                case UNIXFS -> messageIsWrittenAsRead(changed(message(data(all))));
                case DIRECTORY -> readAndEdit(any(directories), true);
                case FILE -> readAndEdit(any(files), false);
            }
        } catch (FormatException | MissingBlockException | NoSuchLinkException e) {
            assertTrue(e.toString().length() < 1000, e.toString());
            refused++;
        }
    }

    private static void nodeIsWrittenAsRead(byte[] bytes) throws FormatException {
        PbNode node = PbNode.decode(bytes);
        byte[] written = node.encode();
        PbNode again = PbNode.decode(written);
        assertEquals(node.links(), again.links());
        assertArrayEquals(written, again.encode());
    }

    private static void messageIsWrittenAsRead(byte[] bytes) throws FormatException {
        UnixfsNode node = UnixfsNode.decode(bytes);
        byte[] written = node.encode();
        UnixfsNode again = UnixfsNode.decode(written);
        assertEquals(node.metadata(), again.metadata());
        assertEquals(node.data(), again.data());
        assertArrayEquals(written, again.encode());
    }

    /** Two blocks are not what they were: the root, and any. */
    private void readAndEdit(Cid root, boolean directory) throws IOException {
        Map<Cid, byte[]> changes = new HashMap<>();
        for (Cid cid : List.of(any(all), root)) {
            changes.put(cid, random.nextInt(4) == 0 ? data(all) : changed(data(List.of(cid))));
        }
        BlockSource source = cid -> read(cid, changes);
        MemoryBlocks written = new MemoryBlocks();
        Entity.of(source.get(root));
        if (directory) {
            String name = "file " + random.nextInt(70);
            new DirectoryLookup(source).find(root, name);
            edit(new DirectoryEditor(options(random.nextInt(3) * 1000L), source, written), root, name);
            walk(root, source, new DirectoryWalk(root));
        } else {
            edit(new FileEditor(editOptions(), source, written), root);
            walk(root, source, new FileWalk(root, random.nextInt(100), random.nextLong(1 << 20)));
        }
    }

    private void edit(DirectoryEditor editor, Cid root, String name) throws IOException {
        if (random.nextBoolean()) {
            editor.remove(root, name);
        } else {
            editor.put(root, new Link(name, HostileBlocks.ELSEWHERE, random.nextInt(1000)));
        }
    }

    private void edit(FileEditor editor, Cid root) throws IOException {
        int offset = random.nextInt(4000);
        byte[] content = new byte[random.nextInt(500)];
        switch (random.nextInt(4)) {
            case 0 -> editor.truncate(root, offset);
            case 1 -> editor.rewrite(root, offset, new ByteArrayInputStream(content));
            case 2 -> editor.withMetadata(root, new Metadata(OptionalInt.of(offset), Optional.empty()));
            default -> editor.write(root, offset, new ByteArrayInputStream(content));
        }
    }

    private static void walk(Cid root, BlockSource source, Walk<?> walk) throws IOException {
        int steps = 0;
        for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next()) {
            walk.accept(source.get(next.get()));
            steps++;
            assertTrue(steps < MOST_STEPS, () -> "no end of " + root);
        }
    }

    private byte[] changed(byte[] data) {
        byte[] changed = data.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed = changedOnce(changed);
        }
        return changed;
    }

    private byte[] changedOnce(byte[] data) {
        int at = random.nextInt(1 + Math.min(data.length, random.nextBoolean() ? 16 : data.length));
        byte[] changed = data.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed = Arrays.copyOf(data, at);
            case 1 -> changed = spliced(data, at, at, part(data(all)));
            case 2 -> changed = spliced(data, at, at + random.nextInt(data.length - at + 1), new byte[0]);
            case 3 -> changed = spliced(data, at, Math.min(at + 1, data.length), new byte[] {(byte) random.nextInt()});
            default -> {
                if (at < data.length) {
                    changed[at] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return changed;
    }

    private static byte[] spliced(byte[] data, int from, int to, byte[] between) {
        byte[] spliced = Arrays.copyOf(data, from + between.length + data.length - to);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(data, to, spliced, from + between.length, data.length - to);
        return spliced;
    }

    private byte[] part(byte[] data) {
        int from = random.nextInt(data.length + 1);
        return Arrays.copyOfRange(data, from, from + random.nextInt(Math.min(100, data.length - from + 1)));
    }

    private Cid any(List<Cid> cids) {
        return cids.get(random.nextInt(cids.size()));
    }

    private byte[] data(List<Cid> of) {
        return Objects.requireNonNull(blocks.get(any(of)));
    }

    private void keep(Block block) {
        blocks.put(block.cid(), block.data());
    }

    private Block read(Cid cid, Map<Cid, byte[]> changes) throws MissingBlockException {
        byte[] data = changes.getOrDefault(cid, blocks.get(cid));
        if (data == null) {
            throw new MissingBlockException(cid);
        }
        return Block.of(cid, data);
    }

    private static byte[] message(byte[] node) throws FormatException {
        return PbNode.decode(node).data().orElse(new byte[0]);
    }

    private EditOptions editOptions() {
        Optional<Boolean> raw = random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean());
        return new EditOptions(new Chunking.Fixed(50), raw, InstantSource.system());
    }

    private static DirectoryOptions options(long threshold) {
        return new DirectoryOptions(
                CidFormat.V0, OptionalInt.empty(), DirectoryOptions.Estimation.LINKS, threshold, 0, 8);
    }

    private Cid file(CidFormat format, Layout layout) throws IOException {
        ImportOptions options =
                new ImportOptions(format, false, new Chunking.Fixed(50), layout, 4, OptionalInt.empty());
        byte[] content = Content.stream("fuzz", 2000);
        Metadata metadata = new Metadata(OptionalInt.of(0755), Optional.of(new Mtime(1_700_000_000, 1)));
        return new FileImporter(options)
                .importFile(new ByteArrayInputStream(content), metadata, this::keep)
                .cid();
    }

    private Cid directory(long threshold) throws IOException {
        DirectoryBuilder builder = new DirectoryBuilder(options(threshold), Metadata.NONE);
        for (int i = 0; i < 60; i++) {
            builder.add(new Link("file " + i, HostileBlocks.ELSEWHERE, i));
        }
        return builder.build(this::keep).cid();
    }
}
