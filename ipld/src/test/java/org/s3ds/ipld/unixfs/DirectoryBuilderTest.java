package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.DirectoryOptions.Estimation;

/** When a directory is sharded, and what it refuses. CIDs are held by the vectors. */
final class DirectoryBuilderTest {
    private final MemoryBlocks blocks = new MemoryBlocks();

    @ParameterizedTest
    @CsvSource({
        // ten entries of a 5 byte name and a 36 byte CID; as a block each is 5 bytes and a field's head more
        "LINKS, 410, 0, false",
        "LINKS, 409, 0, true",
        "BLOCK, 494, 0, false",
        "BLOCK, 493, 0, true",
        "DISABLED, 1, 0, false",
        "DISABLED, 1, 10, false",
        "DISABLED, 1, 9, true",
        "LINKS, 410, 10, false",
        "LINKS, 410, 9, true",
        "LINKS, 0, 9, false"
    })
    void isShardedStrictlyAboveTheThreshold(Estimation estimation, long threshold, int maxLinks, boolean sharded)
            throws IOException {
        DirectoryBuilder builder = builder(estimation, threshold, maxLinks);
        IntStream.range(0, 10).forEach(i -> builder.add(entry("name" + i)));
        Link root = builder.build(blocks);
        assertEquals(new Entity.Directory(sharded, Metadata.NONE), Entity.of(blocks.get(root.cid())));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void sequenceOfEntriesDoesNotMatterAndTheLastOfANameCounts(long threshold) throws IOException {
        long seed = System.nanoTime();
        System.out.println("sequence of entries: seed " + seed);
        List<Link> entries = new ArrayList<>();
        IntStream.range(0, 500).forEach(i -> entries.add(entry("name" + i)));
        Link sorted = build(threshold, entries);
        Collections.shuffle(entries, new Random(seed));
        entries.addAll(0, List.of(new Link("name7", sorted.cid(), 99), new Link("name8", sorted.cid(), 98)));
        assertEquals(sorted, build(threshold, entries));
    }

    @Test
    void linksAreSortedByTheBytesOfTheirNames() throws IOException {
        List<String> names = List.of("\uFF21", "\uD83D\uDE00", "é", "z", "a", "A");
        Link root = build(0, names.stream().map(DirectoryBuilderTest::entry).toList());
        PbNode node = PbNode.decode(blocks.get(root.cid()).data());
        assertEquals(
                names.reversed(),
                withLastTwoSwapped(node.links().stream().map(Link::name).toList()));
    }

    /** Java's own sequence has the two names beyond the basic characters the other way round. */
    private static List<String> withLastTwoSwapped(List<String> names) {
        List<String> swapped = new ArrayList<>(names);
        Collections.swap(swapped, names.size() - 1, names.size() - 2);
        return swapped;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/", "\uD83D"})
    void namesThatCannotBe(String name) {
        DirectoryBuilder builder = builder(Estimation.LINKS, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> builder.add(entry(name)));
    }

    @Test
    void childrenAreHandedOnBeforeParents() throws IOException {
        Set<Cid> seen = new HashSet<>(Set.of(entry("").cid()));
        DirectoryBuilder builder = builder(Estimation.LINKS, 1, 0);
        IntStream.range(0, 5000).forEach(i -> builder.add(entry("name" + i)));
        builder.build(block -> {
            for (Link link : PbNode.decode(block.data()).links()) {
                assertTrue(seen.contains(link.cid()));
            }
            seen.add(block.cid());
        });
    }

    @Test
    void blockAboveTwoMebibytesIsRefused() {
        DirectoryBuilder builder = builder(Estimation.DISABLED, 1, 0);
        IntStream.range(0, 50_000).forEach(i -> builder.add(entry("name" + i)));
        FormatException e = assertThrows(FormatException.class, () -> builder.build(blocks));
        assertTrue(e.toString().contains("produced block is over 2MiB"), e.toString());
    }

    @Test
    void namesWithOneHashAreTooDeep() {
        List<EncodedLink> twins = List.of(EncodedLink.of(entry("twin")), EncodedLink.of(entry("twin")));
        for (int fanout = 8; fanout <= 1024; fanout *= 2) {
            HamtWriter writer = new HamtWriter(
                    twins, fanout, Metadata.NONE, new BlockWriter(CidFormat.V1, OptionalInt.empty(), blocks));
            assertEquals(
                    "sharded directory too deep",
                    assertThrows(FormatException.class, writer::write).getMessage());
        }
    }

    @Test
    void optionsOutOfRangeCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> builder(Estimation.LINKS, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> builder(Estimation.LINKS, 0, -1));
        for (int fanout : new int[] {0, 4, 100, 2048}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new DirectoryOptions(CidFormat.V1, OptionalInt.empty(), Estimation.LINKS, 1, 0, fanout));
        }
    }

    private Link build(long threshold, List<Link> entries) throws IOException {
        DirectoryBuilder builder = builder(Estimation.LINKS, threshold, 0);
        entries.forEach(builder::add);
        return builder.build(blocks);
    }

    private static DirectoryBuilder builder(Estimation estimation, long threshold, int maxLinks) {
        DirectoryOptions options =
                new DirectoryOptions(CidFormat.V1, OptionalInt.empty(), estimation, threshold, maxLinks, 256);
        return new DirectoryBuilder(options, Metadata.NONE);
    }

    private static Link entry(String name) {
        return new Link(name, CidFormat.V1.withCodec(Multicodec.RAW).cid(new byte[] {'x'}), 1);
    }
}
