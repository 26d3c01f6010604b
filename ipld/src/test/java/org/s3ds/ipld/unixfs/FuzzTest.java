package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;

/** Blocks changed at random: they are read, or refused with a sentence, in a few steps. */
final class FuzzTest {
    private static final int ROUNDS = 3000;
    private static final int MOST_STEPS = 5000;

    private final MemoryBlocks blocks = new MemoryBlocks();

    @Test
    void changedBlocksAreReadOrRefused() throws IOException {
        long seed = System.nanoTime();
        System.out.println("changed blocks: seed " + seed);
        Random random = new Random(seed);
        List<Cid> roots = roots();
        List<Cid> all = List.copyOf(blocks.stored());
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Map<Cid, byte[]> changed = new HashMap<>();
            Cid root = roots.get(random.nextInt(roots.size()));
            changed.put(root, change(random, blocks.get(root).data()));
            Cid other = all.get(random.nextInt(all.size()));
            changed.put(other, change(random, blocks.get(other).data()));
            BlockSource source = cid -> Block.of(
                    cid,
                    Optional.ofNullable(changed.get(cid)).orElse(blocks.get(cid).data()));
            refused += read(root, source, new FileWalk(root, random.nextInt(100), random.nextLong(1 << 20)));
            refused += read(root, source, new DirectoryWalk(root));
        }
        assertTrue(refused > ROUNDS / 2, "refused " + refused);
    }

    private static int read(Cid root, BlockSource source, Walk<?> walk) throws IOException {
        try {
            Entity.of(source.get(root));
            new DirectoryLookup(source).find(root, "file 7");
            int steps = 0;
            for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next()) {
                walk.accept(source.get(next.get()));
                assertTrue(++steps < MOST_STEPS, "no end of " + root);
            }
            return 0;
        } catch (FormatException | MissingBlockException e) {
            return 1;
        }
    }

    private static byte[] change(Random random, byte[] data) {
        byte[] changed = random.nextInt(4) == 0 ? truncated(random, data) : data.clone();
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? changed.length : Math.min(changed.length, 16));
            changed[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (changed[at] ^ 1);
        }
        return changed;
    }

    private static byte[] truncated(Random random, byte[] data) {
        return Arrays.copyOf(data, random.nextInt(data.length + 1));
    }

    private List<Cid> roots() throws IOException {
        List<Cid> roots = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            ImportOptions options =
                    new ImportOptions(CidFormat.V1, false, new Chunking.Fixed(50), layout, 4, OptionalInt.empty());
            byte[] content = Content.stream("fuzz", 2000);
            roots.add(new FileImporter(options)
                    .importFile(new ByteArrayInputStream(content), Metadata.NONE, blocks)
                    .cid());
        }
        roots.add(directory(0));
        roots.add(directory(1));
        return roots;
    }

    private Cid directory(long threshold) throws IOException {
        DirectoryOptions options = new DirectoryOptions(
                CidFormat.V0, OptionalInt.empty(), DirectoryOptions.Estimation.LINKS, threshold, 0, 8);
        DirectoryBuilder builder = new DirectoryBuilder(options, Metadata.NONE);
        for (int i = 0; i < 60; i++) {
            builder.add(new Link("file " + i, HostileBlocks.ELSEWHERE, i));
        }
        return builder.build(blocks).cid();
    }
}
