package org.s3ds.ipld.unixfs;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import tools.jackson.databind.JsonNode;

/** Files as Kubo 0.42.0 adds them: the CIDs of cid-vectors.json, and back. */
final class FileVectorsTest {
    static Stream<JsonNode> vectors() throws IOException {
        return Vectors.read().get("files").valueStream();
    }

    @Test
    void vectorsAreAllThere() throws IOException {
        assertEquals(108, vectors().count());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void addsAsKuboDoesAndReadsBack(JsonNode vector) throws IOException {
        byte[] content = Content.of(vector.get("input"));
        MemoryBlocks blocks = new MemoryBlocks();
        Link root = new FileImporter(AddOptions.of(vector).files())
                .importFile(new ByteArrayInputStream(content), Metadata.NONE, blocks);
        assertEquals(vector.get("cid").asString(), root.cid().toString());
        assertArrayEquals(content, blocks.read(new FileWalk(root.cid())));
        if (vector.hasNonNull("blocks")) {
            assertEquals(vector.get("blocks").asInt(), blocks.distinctAsked().size());
            assertEquals(vector.get("dagSize").asLong(), blocks.sizeOfAsked());
        }
        assertEquals(
                blocks.stored(),
                blocks.distinctAsked().stream().filter(cid -> !cid.isIdentity()).collect(toSet()));
        for (Cid cid : blocks.stored()) {
            assertSpeltAsCoreTypesDo(blocks.get(cid));
        }
        readsStretches(content, root.cid(), blocks);
    }

    private static void assertSpeltAsCoreTypesDo(Block block) throws IOException {
        if (block.cid().codec() == Multicodec.DAG_PB) {
            PbNode node = PbNode.decode(block.data());
            assertArrayEquals(block.data(), node.encode());
            byte[] data = node.data().orElseThrow();
            assertArrayEquals(data, UnixfsNode.decode(data).encode());
        }
    }

    private static void readsStretches(byte[] content, Cid root, MemoryBlocks blocks) throws IOException {
        long seed = System.nanoTime();
        System.out.println("stretches of " + root + ": seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(content.length + 10);
            int length = random.nextInt(random.nextBoolean() ? 100 : content.length + 10);
            int start = Math.min(from, content.length);
            byte[] expected = Arrays.copyOfRange(content, start, Math.min(start + length, content.length));
            assertArrayEquals(expected, blocks.read(new FileWalk(root, from, length)));
        }
    }
}
