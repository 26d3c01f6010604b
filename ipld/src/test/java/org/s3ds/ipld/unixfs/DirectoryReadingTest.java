package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.ipld.unixfs.HostileBlocks.ELSEWHERE;
import static org.s3ds.ipld.unixfs.HostileBlocks.leaf;
import static org.s3ds.ipld.unixfs.HostileBlocks.link;
import static org.s3ds.ipld.unixfs.HostileBlocks.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;

/** Listing directories, finding names in them, following paths; and shards that lie. */
final class DirectoryReadingTest {
    /** The hash of {@code hello.txt} begins with this byte, so this is its slot among 256. */
    private static final String HELLO = "DFhello.txt";

    private static final byte[] SLOT_DF = bitfield(0xdf);

    private final MemoryBlocks blocks = new MemoryBlocks();

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64, 256, 512, 1024})
    void shardedDirectoryOfAnyFanoutListsAndFindsItsEntries(int fanout) throws IOException {
        Link root = directory(3000, fanout);
        List<Link> entries = blocks.list(root.cid());
        assertEquals(3000, entries.stream().map(Link::name).distinct().count());
        for (Link entry : entries.subList(0, 100)) {
            assertEquals(Optional.of(entry), find(root.cid(), entry.name()));
        }
        assertEquals(Optional.empty(), find(root.cid(), "no such file"));
    }

    @Test
    void lookUpReadsOnlyTheShardsOnTheWay() throws IOException {
        Link root = directory(20_000, 256);
        assertEquals(Optional.of("file 777"), find(root.cid(), "file 777").map(Link::name));
        assertTrue(blocks.asked().size() <= 3, "read " + blocks.asked().size());
        assertEquals(root.cid(), blocks.asked().getFirst());
    }

    @Test
    void lookUpInAFileFindsNothing() throws IOException {
        assertEquals(Optional.empty(), find(put(leaf("text")).cid(), "name"));
    }

    @Test
    void pathLeadsThroughDirectories() throws IOException {
        Link inner = directory(600, 8);
        DirectoryBuilder outer = new DirectoryBuilder(DirectoryOptions.defaults(CidFormat.V1), Metadata.NONE);
        outer.add(inner.withName("inner"));
        Cid root = outer.build(blocks).cid();
        PathResolver resolver = new PathResolver(blocks);
        assertEquals(root, resolver.resolve(root, List.of()));
        assertEquals(ELSEWHERE, resolver.resolve(root, List.of("inner", "file 5")));
    }

    @Test
    void pathToNowhereSaysWhereItEnds() throws IOException {
        Cid inner = directory(10, 8).cid();
        DirectoryBuilder outer = new DirectoryBuilder(DirectoryOptions.defaults(CidFormat.V0), Metadata.NONE);
        outer.add(new Link("inner", inner, 1));
        Cid root = outer.build(blocks).cid();
        assertNoLink(root, List.of("none"), "no link named \"none\" under " + root);
        assertNoLink(root, List.of("inner", "a\"b\n", "c"), "no link named \"a\\\"b\\x0a\" under " + inner);
    }

    @Test
    void missingBlockOnAPathIsNotAMissingName() {
        assertThrows(MissingBlockException.class, () -> new PathResolver(blocks).resolve(ELSEWHERE, List.of("name")));
    }

    @Test
    void fileIsNotADirectory() {
        Block file = put(leaf("text"));
        assertRefused(file, "block " + file.cid() + " is not a directory");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 12, 255, 2048, 1L << 40, Long.MIN_VALUE})
    void fanoutThatIsNoPowerOfTwoFrom8To1024(long fanout) {
        assertRefused(shard(0x22, fanout, SLOT_DF, link(HELLO, leaf("a"))), "not a power of two from 8 to 1024");
    }

    @Test
    void otherHashThanMurmur3() {
        assertRefused(shard(0x12, 256, SLOT_DF, link(HELLO, leaf("a"))), "only murmur3 supported as hash function");
    }

    @Test
    void bitfieldThatDoesNotMatchTheLinks() {
        Link entry = link(HELLO, leaf("a"));
        assertRefused(shard(0x22, 256, new byte[0], entry), "has 1 links, but 0 of its slots are in use");
        assertRefused(shard(0x22, 256, bitfield(0xde), entry), "has a link \"DFhello.txt\" in slot DE");
        assertRefused(shard(0x22, 8, bitfield(0xdf), entry), "has 1 links, but 1 of its slots are in use");
        assertRefused(shard(0x22, 256, new byte[1 << 20], entry), "has 1 links, but 0 of its slots are in use");
    }

    @Test
    void entryWhereItsHashDoesNotLead() {
        assertRefused(
                shard(0x22, 256, SLOT_DF, link("DFbye.txt", leaf("a"))),
                "has an entry \"bye.txt\" in slot DF, where its hash does not lead");
        Block below = put(shard(0x22, 256, SLOT_DF, link(HELLO, leaf("a"))));
        assertRefused(shard(0x22, 256, SLOT_DF, link("DF", below)), "where its hash does not lead");
    }

    @Test
    void childShardsThatAreNone() {
        assertRefused(shard(0x22, 256, SLOT_DF, link("DF", put(leaf("a")))), "is not one, but a shard names it as one");
        Block empty = put(shard(0x22, 256, new byte[0]));
        assertRefused(shard(0x22, 256, SLOT_DF, link("DF", empty)), "is empty, which only the topmost may be");
        Block narrow = put(shard(0x22, 16, bitfield(0xd), link("Dhello.txt", leaf("a"))));
        assertRefused(shard(0x22, 256, SLOT_DF, link("DF", narrow)), "has another fanout than the one above it");
    }

    @Test
    void shardThatNamesItselfInEverySlotEndsWithItsBits() {
        Link[] links = IntStream.range(0, 256)
                .mapToObj(slot -> new Link(HamtShard.label(slot, 256), ELSEWHERE, 1))
                .toArray(Link[]::new);
        byte[] all = new byte[32];
        Arrays.fill(all, (byte) 0xff);
        BlockSource source = HostileBlocks.always(shard(0x22, 256, all, links));
        DirectoryWalk walk = new DirectoryWalk(ELSEWHERE);
        FormatException e = assertThrows(FormatException.class, () -> {
            for (int steps = 0; steps < 20; steps++) {
                walk.accept(source.get(walk.next().orElseThrow()));
            }
        });
        assertEquals("sharded directory too deep", e.getMessage());
        e = assertThrows(FormatException.class, () -> new DirectoryLookup(source).find(ELSEWHERE, "name"));
        assertEquals("sharded directory too deep", e.getMessage());
    }

    private Link directory(int count, int fanout) throws IOException {
        DirectoryOptions options = new DirectoryOptions(
                CidFormat.V1, OptionalInt.empty(), DirectoryOptions.Estimation.LINKS, 1, 0, fanout);
        DirectoryBuilder builder = new DirectoryBuilder(options, Metadata.NONE);
        IntStream.range(0, count).forEach(i -> builder.add(new Link("file " + i, ELSEWHERE, 3)));
        return builder.build(blocks);
    }

    private Optional<Link> find(Cid directory, String name) throws IOException {
        return new DirectoryLookup(blocks).find(directory, name);
    }

    private Block put(Block block) {
        blocks.put(block);
        return block;
    }

    private void assertRefused(Block root, String sentence) {
        put(root);
        FormatException e = assertThrows(FormatException.class, () -> blocks.list(root.cid()));
        assertTrue(e.toString().contains(sentence), e.toString());
    }

    private void assertNoLink(Cid root, List<String> path, String sentence) {
        var e = assertThrows(NoSuchLinkException.class, () -> new PathResolver(blocks).resolve(root, path));
        assertEquals(sentence, e.getMessage());
    }

    private static byte[] bitfield(int slot) {
        BitSet slots = new BitSet();
        slots.set(slot);
        return SlotBits.toBytes(slots);
    }
}
