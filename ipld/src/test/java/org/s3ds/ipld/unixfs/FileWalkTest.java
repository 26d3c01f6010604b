package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.ipld.unixfs.HostileBlocks.file;
import static org.s3ds.ipld.unixfs.HostileBlocks.leaf;
import static org.s3ds.ipld.unixfs.HostileBlocks.link;
import static org.s3ds.ipld.unixfs.HostileBlocks.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;

/** Reading files: only what is needed, in sequence, and nothing that lies. */
final class FileWalkTest {
    private final MemoryBlocks blocks = new MemoryBlocks();

    @Test
    void onlyBlocksInTheStretchAreVisited() throws IOException {
        Link root = tree(10_000, 10, 10);
        FileWalk walk = new FileWalk(root.cid(), 5_003, 10);
        byte[] bytes = blocks.read(walk);
        assertArrayEquals(Arrays.copyOfRange(Content.stream("tree", 10_000), 5_003, 5_013), bytes);
        assertEquals(OptionalLong.of(10_000), walk.size());
        assertEquals(5, blocks.asked().size(), "root, two inner nodes, and the two leaves that hold it");
    }

    @Test
    void stretchBehindTheEndIsEmptyAndReadsTheRootAlone() throws IOException {
        Link root = tree(100, 10, 10);
        assertEquals(0, blocks.read(new FileWalk(root.cid(), 100, 5)).length);
        assertEquals(0, blocks.read(new FileWalk(root.cid(), Long.MAX_VALUE, Long.MAX_VALUE)).length);
        assertEquals(0, blocks.read(new FileWalk(root.cid(), 5, 0)).length);
        assertEquals(List.of(root.cid(), root.cid(), root.cid()), blocks.asked());
    }

    @Test
    void theChildrenOfEachBlockAreNamedInTheSequenceOfTheirVisits() throws IOException {
        Link root = tree(50, 10, 10);
        FileWalk walk = new FileWalk(root.cid());
        assertEquals(List.of(), walk.children());
        walk.accept(blocks.get(root.cid()));
        List<Cid> children = walk.children();
        assertEquals(5, children.size());
        for (Cid cid : children) {
            assertEquals(Optional.of(cid), walk.next());
            walk.accept(blocks.get(cid));
            assertEquals(List.of(), walk.children());
        }
        assertEquals(Optional.empty(), walk.next());
    }

    @Test
    void anotherBlockThanTheNextIsRefused() {
        FileWalk walk = new FileWalk(HostileBlocks.ELSEWHERE);
        assertThrows(IllegalArgumentException.class, () -> walk.accept(leaf("a")));
    }

    @Test
    void bytesOfANodeComeBeforeThoseOfItsChildren() throws IOException {
        Block child = put(leaf("world"));
        byte[] data = {8, 2, 18, 6, 'h', 'e', 'l', 'l', 'o', ' ', 24, 11, 32, 5};
        Block root = put(node(List.of(link("", child)), data));
        assertEquals("hello world", text(root));
        assertEquals("lo wo", text(new FileWalk(root.cid(), 3, 5)));
    }

    @Test
    void nodesWithoutASizeAreSummedUp() throws IOException {
        Block child = put(node(List.of(), new byte[] {8, 0, 18, 2, 'h', 'i'}));
        assertEquals("hi", text(put(node(List.of(link("", child)), new byte[] {8, 2, 32, 2}))));
    }

    @Test
    void packedBlockSizesAreRead() throws IOException {
        Block child = put(leaf("hi"));
        byte[] data = {8, 2, 24, 4, 34, 2, 2, 2};
        assertEquals("hihi", text(put(node(List.of(link("", child), link("", child)), data))));
    }

    @Test
    void childOfAnotherSizeThanAnnounced() {
        Block child = put(leaf("hello"));
        Block root = put(file(List.of(link("", child)), 7, 7));
        assertRefused(root, "block " + child.cid() + " holds 5 bytes of its file, where 7 were announced");
    }

    @Test
    void sizeThatIsNotTheSumOfItsParts() {
        Block root = put(file(List.of(link("", put(leaf("hello")))), 50, 5));
        assertRefused(root, "block " + root.cid() + " says it holds 50 bytes of content, but its parts make 5");
    }

    @Test
    void sizesThatDoNotMatchTheLinks() {
        Block root = put(file(List.of(link("", put(leaf("hello")))), 10, 5, 5));
        assertRefused(root, "block " + root.cid() + " has 1 links, but sizes for 2");
    }

    @Test
    void sizesThatOverflow() {
        Link child = link("", put(leaf("hello")));
        Block root = put(file(List.of(child, child), 0, Long.MAX_VALUE, Long.MAX_VALUE));
        assertRefused(root, "block " + root.cid() + " says it holds more than 2^63-1 bytes of content");
        Block negative = put(file(List.of(child), -1, 5));
        assertRefused(negative, "a size above 2^63-1");
    }

    @Test
    void linksWithoutContentAreNotVisited() throws IOException {
        Link missing = new Link("", HostileBlocks.ELSEWHERE, 0);
        Block root = put(file(Collections.nCopies(1000, missing), 0, new long[1000]));
        assertEquals("", text(root));
    }

    @Test
    void fileThatNamesItselfEndsAtTheDepthLimit() {
        Block block = file(List.of(new Link("", HostileBlocks.ELSEWHERE, 1)), 5, 5);
        FileWalk walk = new FileWalk(HostileBlocks.ELSEWHERE);
        FormatException e = assertThrows(FormatException.class, () -> {
            for (int steps = 0; steps < 1000; steps++) {
                walk.accept(HostileBlocks.always(block).get(walk.next().orElseThrow()));
            }
        });
        assertTrue(e.toString().contains("is at level 100 of its file, the last that is read"), e.toString());
    }

    @Test
    void fileOfAnExabyteIsReadWhereItIsAskedAndNoMore() throws IOException {
        long size = 5;
        Block block = put(leaf("hello"));
        for (int level = 0; level < 60; level++) {
            size *= 2;
            block = put(file(List.of(link("", block), link("", block)), size, size / 2, size / 2));
            if (size > Long.MAX_VALUE / 4) {
                break;
            }
        }
        assertEquals("ohe", text(new FileWalk(block.cid(), size / 2 - 1, 3)));
        assertTrue(blocks.asked().size() < 150, "asked for " + blocks.asked().size());
    }

    @Test
    void directoriesAreNotFiles() {
        Block directory =
                put(node(List.of(), UnixfsNode.directory(Metadata.NONE).encode()));
        assertRefused(directory, "this dag node is a directory");
        assertRefused(put(file(List.of(link("", directory)), 5, 5)), "this dag node is a directory");
        Block symlink =
                put(node(List.of(), UnixfsNode.symlink("hello", Metadata.NONE).encode()));
        assertRefused(
                put(file(List.of(link("", symlink)), 5, 5)), "is a symlink, where a part of a file was announced");
    }

    @Test
    void blocksThatAreNotUnixfs() {
        assertRefused(put(node(List.of(), new byte[0])), "is not UnixFS: invalid UnixFS data: no type");
        assertRefused(put(node(List.of(), new byte[] {8, 9})), "the type 9, which is not known");
        assertRefused(put(node(List.of(), new byte[] {8, 3})), "is UnixFS metadata, which is not read");
        assertRefused(put(node(List.of(), new byte[] {8, 2, 18, 100, 1})), "is not UnixFS: ");
        assertRefused(put(Block.hash(CidFormat.V1, new byte[] {10, 100, 1})), "cannot be read: invalid dag-pb");
        assertRefused(put(Block.hash(CidFormat.V1, new byte[0])), "is not UnixFS: it has no data");
        CidFormat cbor = CidFormat.V1.withCodec(Multicodec.DAG_CBOR);
        assertRefused(
                put(Block.hash(cbor, new byte[] {(byte) 0xa0})), "is dag-cbor, not a part of a file or directory");
    }

    @Test
    void unknownFieldsArePassedOver() throws IOException {
        assertEquals("h", text(put(node(List.of(), new byte[] {8, 2, 18, 1, 'h', 24, 1, 80, 5, 90, 1, 7}))));
    }

    @Test
    void blocksAboveTwoMebibytesAreRefused() throws IOException {
        CidFormat raw = CidFormat.V1.withCodec(Multicodec.RAW);
        Block most = put(Block.hash(raw, new byte[2 << 20]));
        assertEquals(2 << 20, blocks.read(new FileWalk(most.cid())).length);
        assertRefused(put(Block.hash(raw, new byte[(2 << 20) + 1])), "has 2097153 bytes, where at most 2 MiB are read");
    }

    @Test
    void identityCidsReadAsTheirOwnBlocks() throws IOException {
        ImportOptions options = new ImportOptions(
                CidFormat.V0, false, new Chunking.Fixed(10), Layout.BALANCED, 174, OptionalInt.of(32));
        byte[] content = Content.stream("inline", 95);
        Link root = new FileImporter(options).importFile(new ByteArrayInputStream(content), Metadata.NONE, blocks);
        assertEquals(List.of(root.cid()), List.copyOf(blocks.stored()), "leaves are in their CIDs");
        assertArrayEquals(content, blocks.read(new FileWalk(root.cid())));
        Cid inlined = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[] {'h', 'i'}));
        assertEquals("hi", text(new FileWalk(inlined)));
    }

    @Test
    void tooManyBlocksAtOnceAreRefused() throws FormatException {
        Pending<Cid> pending = new Pending<>(HostileBlocks.ELSEWHERE, cid -> cid);
        List<Cid> half = Collections.nCopies(1 << 19, HostileBlocks.ELSEWHERE);
        pending.addFirst(half);
        assertThrows(FormatException.class, () -> pending.addFirst(half));
    }

    private Link tree(int size, int chunk, int maxLinks) throws IOException {
        ImportOptions options = new ImportOptions(
                CidFormat.V1, true, new Chunking.Fixed(chunk), Layout.BALANCED, maxLinks, OptionalInt.empty());
        byte[] content = Content.stream("tree", size);
        return new FileImporter(options).importFile(new ByteArrayInputStream(content), Metadata.NONE, blocks);
    }

    private Block put(Block block) {
        blocks.put(block);
        return block;
    }

    private String text(Block root) throws IOException {
        return text(new FileWalk(root.cid()));
    }

    private String text(FileWalk walk) throws IOException {
        return new String(blocks.read(walk), StandardCharsets.UTF_8);
    }

    private void assertRefused(Block root, String sentence) {
        FormatException e = assertThrows(FormatException.class, () -> text(root));
        assertTrue(e.toString().contains(sentence), e.toString());
    }
}
