package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Metadata;

/** Files and directories of 30,000 levels, more than a stack would take. */
class DeepTreesTest {
    private static final int LEVELS = 30_000;
    private static final byte[] DIRECTORY = {8, 1};
    private static final byte[] LEAF = {8, 2, 18, 1, 'x', 24, 1};
    private static final byte[] PART = {8, 2, 24, 1, 32, 1};

    private final MemoryNode node = new MemoryNode();

    private Cid chain(String name, byte[] end, byte[] level) throws IOException {
        Cid top = put(PbNode.of(List.of(), end));
        for (int i = 0; i < LEVELS; i++) {
            top = put(PbNode.of(List.of(new Link(name, top, 1)), level));
        }
        return top;
    }

    private Cid put(PbNode part) throws IOException {
        Block block = Block.hash(CidFormat.V1, part.encode());
        node.blocks().put(block);
        return block.cid();
    }

    @Test
    void aFileIsRefusedAtTheLevelThatNoFileHas() throws IOException {
        Cid file = chain("", LEAF, PART);
        try (FileReader reader = new FileReader(node.blocks(), file, 0, Long.MAX_VALUE)) {
            String sentence = assertThrows(FormatException.class, () -> reader.copyTo(OutputStream.nullOutputStream()))
                    .getMessage();
            assertTrue(String.valueOf(sentence).contains("is at level 100 of its file"), sentence);
        }
    }

    @Test
    void aDirectoryIsRefusedWhereNoDiskWouldTakeIt() throws IOException {
        Cid directory = chain("a", DIRECTORY, DIRECTORY);
        try (TreeReader reader = new TreeReader(node.blocks(), directory, "root")) {
            TreeSink sink = new NoSink();
            assertEquals(
                    "the directories in root are more than 2048 levels deep, which no disk and no archive takes",
                    assertThrows(IOException.class, () -> reader.copyTo(sink)).getMessage());
        }
    }

    @Test
    void aDirectoryIsListed() throws IOException {
        Cid directory = chain("a", DIRECTORY, DIRECTORY);
        try (Lister lister = new Lister(node.blocks(), directory, true)) {
            assertEquals("a", lister.next().orElseThrow().name());
            assertEquals(Optional.empty(), lister.next());
        }
    }

    private static final class NoSink implements TreeSink {
        @Override
        public void directory(List<String> path, Metadata metadata) {}

        @Override
        public void endDirectory(List<String> path, Metadata metadata) {}

        @Override
        public void file(List<String> path, Metadata metadata, Content content) {}

        @Override
        public void symlink(List<String> path, Metadata metadata, String target) {}
    }
}
