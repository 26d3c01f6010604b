package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.unixfs.DirectoryOptions.Estimation;

/**
 * Single entries put and removed: the same directory as if built at once, and only what must be is read and written.
 */
final class DirectoryEditorTest {
    private static final Metadata METADATA =
            new Metadata(OptionalInt.of(0755), Optional.of(new Mtime(1_700_000_000, 5)));

    private final MemoryBlocks blocks = new MemoryBlocks();

    @ParameterizedTest
    @CsvSource({
        "LINKS, 2000, 0, 8",
        "LINKS, 2000, 40, 8",
        "BLOCK, 3000, 0, 16",
        "DISABLED, 1, 50, 8",
        "LINKS, 262144, 0, 256",
        "LINKS, 0, 5, 256",
        "DISABLED, 1, 0, 256"
    })
    void putsAndRemovesGiveWhatBuildingAtOnceGives(Estimation estimation, long threshold, int maxLinks, int fanout)
            throws IOException {
        long seed = System.nanoTime();
        System.out.println("puts and removes: seed " + seed);
        Random random = new Random(seed);
        DirectoryOptions options =
                new DirectoryOptions(CidFormat.V1, OptionalInt.empty(), estimation, threshold, maxLinks, fanout);
        List<Block> made = new ArrayList<>();
        DirectoryEditor editor = new DirectoryEditor(options, blocks, made::add);
        Map<String, Link> model = new TreeMap<>();
        Link directory = stored(options, model);
        for (int i = 0; i < 600; i++) {
            made.forEach(blocks::put); // not before: a sink may be late
            String name = "name " + random.nextInt(100);
            boolean removes = model.containsKey(name) && random.nextInt(300) < (i < 300 ? 100 : 200);
            Link entry = new Link(name, cid(random), random.nextInt(1000));
            directory = removes ? editor.remove(directory.cid(), name) : editor.put(directory.cid(), entry);
            if (removes) {
                model.remove(name);
            } else {
                model.put(name, entry);
            }
            assertEquals(expected(options, model), directory, "seed " + seed + ", change " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha2-256", "sha2-512", "blake3"})
    void blocksKeepTheHashOfTheDirectory(String hash) throws IOException {
        CidFormat format =
                new CidFormat(1, Multicodec.DAG_PB, HashFunction.byName(hash).orElseThrow());
        DirectoryEditor editor = new DirectoryEditor(options(CidFormat.V0, 3000), blocks, blocks);
        Map<String, Link> model = new TreeMap<>();
        Link directory = stored(options(format, 3000), model);
        for (int i = 0; i < 200; i++) {
            Link entry = new Link("name " + i, cid(new Random(i)), i);
            model.put(entry.name(), entry);
            directory = editor.put(directory.cid(), entry);
        }
        assertEquals(expected(options(format, 3000), model), directory);
    }

    @Test
    void onlyTheShardsOnTheWayAreReadAndWritten() throws IOException {
        DirectoryOptions options = options(CidFormat.V1, 1);
        Map<String, Link> model = new TreeMap<>();
        IntStream.range(0, 20_000).forEach(i -> model.put("file " + i, new Link("file " + i, cid(new Random(i)), 3)));
        Link directory = stored(options, model);
        Set<Cid> before = blocks.stored();
        DirectoryEditor editor = new DirectoryEditor(options, blocks, blocks);
        Cid after = editor.put(directory.cid(), new Link("file 777", cid(new Random(1)), 4))
                .cid();
        assertEquals(2, blocks.asked().size());
        assertEquals(2, added(before).size());
        assertTrue(added(before).contains(after));
    }

    @Test
    void whetherOneBlockIsEnoughIsLookedAtOnlyAsFarAsItMust() throws IOException {
        DirectoryOptions options = options(CidFormat.V1, 2000);
        Map<String, Link> model = new TreeMap<>();
        IntStream.range(0, 20_000).forEach(i -> model.put("file " + i, new Link("file " + i, cid(new Random(i)), 3)));
        Link directory = stored(options, model);
        DirectoryEditor editor = new DirectoryEditor(options, blocks, blocks);
        editor.remove(directory.cid(), "file 777");
        assertTrue(blocks.asked().size() < 12, "asked for " + blocks.asked().size());
        assertEquals(blocks.distinctAsked().size(), blocks.asked().size());
    }

    @Test
    void metadataStaysWithTheRoot() throws IOException {
        DirectoryOptions options = options(CidFormat.V1, 300);
        Link directory = new DirectoryBuilder(options, METADATA).build(blocks);
        DirectoryEditor editor = new DirectoryEditor(options, blocks, blocks);
        for (int i = 0; i < 20; i++) {
            directory = editor.put(directory.cid(), new Link("name " + i, cid(new Random(i)), 1));
            assertEquals(METADATA, Entity.of(blocks.get(directory.cid())).metadata());
        }
        assertEquals(new Entity.Directory(true, METADATA), Entity.of(blocks.get(directory.cid())));
        for (int i = 0; i < 20; i++) {
            directory = editor.remove(directory.cid(), "name " + i);
        }
        assertEquals(new DirectoryBuilder(options, METADATA).build(blocks), directory);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void formatOfTheRootAloneIsChanged(long threshold) throws IOException {
        Map<String, Link> model = new TreeMap<>();
        IntStream.range(0, 300).forEach(i -> model.put("file " + i, new Link("file " + i, cid(new Random(i)), 3)));
        Link directory = stored(options(CidFormat.V0, threshold), model);
        Set<Cid> before = blocks.stored();
        DirectoryEditor editor = new DirectoryEditor(options(CidFormat.V0, threshold), blocks, blocks);
        Link changed = editor.withFormat(directory.cid(), CidFormat.V1);
        assertEquals(new Link("", directory.cid().toV1(), directory.size()), changed);
        assertEquals(Set.of(changed.cid()), added(before));
        assertEquals(changed, editor.withFormat(changed.cid(), CidFormat.V1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void nameThatIsNotThereCannotBeRemoved(long threshold) throws IOException {
        Link entry = new Link("there", cid(new Random(1)), 1);
        Link directory = stored(options(CidFormat.V0, threshold), Map.of("there", entry));
        DirectoryEditor editor = new DirectoryEditor(options(CidFormat.V0, threshold), blocks, blocks);
        var e = assertThrows(NoSuchLinkException.class, () -> editor.remove(directory.cid(), "none"));
        assertEquals("no link named \"none\" under " + directory.cid(), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b"})
    void nameThatCannotBe(String name) throws IOException {
        Link directory = stored(options(CidFormat.V0, 0), Map.of());
        DirectoryEditor editor = new DirectoryEditor(options(CidFormat.V0, 0), blocks, blocks);
        Link entry = new Link(name, directory.cid(), 1);
        assertThrows(IllegalArgumentException.class, () -> editor.put(directory.cid(), entry));
    }

    @Test
    void fileHasNoEntries() throws IOException {
        blocks.put(HostileBlocks.leaf("text"));
        Cid file = HostileBlocks.leaf("text").cid();
        DirectoryEditor editor = new DirectoryEditor(options(CidFormat.V0, 0), blocks, blocks);
        var e = assertThrows(FormatException.class, () -> editor.put(file, new Link("name", file, 1)));
        assertEquals("block " + file + " is not a directory", e.getMessage());
    }

    private Set<Cid> added(Set<Cid> before) {
        Set<Cid> added = new HashSet<>(blocks.stored());
        added.removeAll(before);
        return added;
    }

    /** A directory whose blocks are there. */
    private Link stored(DirectoryOptions options, Map<String, Link> entries) throws IOException {
        return build(options, entries, blocks);
    }

    /** What a directory should be; its blocks are not stored, so that none helps out. */
    private static Link expected(DirectoryOptions options, Map<String, Link> entries) throws IOException {
        return build(options, entries, _ -> {});
    }

    private static Link build(DirectoryOptions options, Map<String, Link> entries, BlockSink sink) throws IOException {
        DirectoryBuilder builder = new DirectoryBuilder(options, Metadata.NONE);
        entries.values().forEach(builder::add);
        return builder.build(sink);
    }

    private static DirectoryOptions options(CidFormat format, long threshold) {
        return new DirectoryOptions(format, OptionalInt.empty(), Estimation.LINKS, threshold, 0, 256);
    }

    /** Of version 0 or 1, so that an entry may become shorter when it is replaced. */
    private static Cid cid(Random random) {
        byte[] content = new byte[] {(byte) random.nextInt(), (byte) random.nextInt()};
        return (random.nextBoolean() ? CidFormat.V0 : CidFormat.V1.withCodec(Multicodec.RAW)).cid(content);
    }
}
