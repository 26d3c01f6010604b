package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.Chunking;
import org.s3ds.ipld.unixfs.DirectoryOptions;
import org.s3ds.ipld.unixfs.ImportOptions;
import org.s3ds.ipld.unixfs.Layout;
import org.s3ds.ipld.unixfs.Metadata;

/** Readers keep many requests in flight, across the inner blocks of a tree, and send none in vain. */
@Timeout(30)
class ReadAheadTest {
    private static final int WIDTH = 20;
    private static final int CHUNK = 32;
    private static final int MANY = 30;

    private final MemoryNode node = new MemoryNode();

    @Test
    void aFileIsReadAcrossItsInnerBlocks() throws IOException {
        byte[] content = TreeVectors.stream("deep", CHUNK * WIDTH * WIDTH);
        Cid root = add(MemoryNode.file("deep", content));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // each inner block has 20 leaves: 30 in flight are those of two
        try (FileReader reader = new FileReader(held(MANY, ReadAheadTest::isLeaf), root, 0, Long.MAX_VALUE)) {
            reader.copyTo(out);
        }
        assertArrayEquals(content, out.toByteArray());
        assertEquals(1 + WIDTH + WIDTH * WIDTH, node.calls("get"));
    }

    @Test
    void aStretchOfAFileIsReadAheadAndNoMoreThanTheStretch() throws IOException {
        byte[] content = TreeVectors.stream("deep", CHUNK * WIDTH * WIDTH);
        Cid root = add(MemoryNode.file("deep", content));
        int from = CHUNK * (WIDTH + 10) + 1;
        int length = CHUNK * 4 * WIDTH;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileReader reader = new FileReader(held(MANY, ReadAheadTest::isLeaf), root, from, length)) {
            reader.copyTo(out);
        }
        assertArrayEquals(Arrays.copyOfRange(content, from, from + length), out.toByteArray());
        assertEquals(1 + 5 + 4 * WIDTH + 1, node.calls("get"));
    }

    @Test
    void aTreeIsReadAcrossItsDirectories() throws IOException {
        InputNode[] directories = new InputNode[WIDTH];
        Arrays.setAll(directories, i -> {
            InputNode[] files = new InputNode[WIDTH];
            Arrays.setAll(files, j -> MemoryNode.file("f" + j, i + " " + j));
            return MemoryNode.directory("d" + i, files);
        });
        Cid root = add(MemoryNode.directory("tree", directories));
        AtomicInteger files = new AtomicInteger();
        try (TreeReader reader = new TreeReader(held(MANY, ReadAheadTest::isLeaf), root, "tree")) {
            reader.copyTo(counter(files));
        }
        assertEquals(WIDTH * WIDTH, files.get());
        assertEquals(1 + WIDTH + WIDTH * WIDTH, node.calls("get"));
    }

    @Test
    void aShardedDirectoryIsListedAcrossItsShards() throws IOException {
        InputNode[] files = new InputNode[1000];
        Arrays.setAll(files, i -> MemoryNode.file("file " + i, "content " + i));
        Cid root = add(MemoryNode.directory("sharded", files));
        long shards = node.calls("put") - files.length;
        int count = 0;
        // a shard has 8 children at most: 30 in flight are of several levels
        try (Lister lister = new Lister(held(30, cid -> !isLeaf(cid)), root, true)) {
            while (lister.next().isPresent()) {
                count++;
            }
        }
        assertEquals(files.length, count);
        assertTrue(shards > 100, "shards: " + shards);
        assertEquals(shards, node.calls("get"), "raw files tell their size in their link");
    }

    private Cid add(InputNode input) throws IOException {
        CidFormat format = CidFormat.V1;
        AddOptions options = new AddOptions(
                new ImportOptions(
                        format, true, Chunking.parse("size-" + CHUNK), Layout.BALANCED, WIDTH, OptionalInt.empty()),
                new DirectoryOptions(format, OptionalInt.empty(), DirectoryOptions.Estimation.LINKS, 4 << 10, 0, 8),
                MetadataRule.NONE,
                false,
                true,
                false,
                false,
                "");
        return node.add(options, input).roots().getFirst().cid();
    }

    private static boolean isLeaf(Cid cid) {
        return cid.codec() == Multicodec.RAW;
    }

    /** The node's blocks; those of a kind are given out only once so many of them are asked for at once. */
    private BlockSource held(int many, Predicate<Cid> kind) throws IOException {
        CountDownLatch asked = new CountDownLatch(many);
        return cid -> {
            Block block = node.blocks().get(cid);
            if (kind.test(cid) && hasNoKindBelow(block, kind)) {
                asked.countDown();
                try {
                    asked.await();
                } catch (InterruptedException _) {
                    throw new InterruptedIOException("cancelled");
                }
            }
            return block;
        };
    }

    private static boolean hasNoKindBelow(Block block, Predicate<Cid> kind) throws IOException {
        return isLeaf(block.cid())
                || PbNode.decode(block.data()).links().stream().noneMatch(link -> kind.test(link.cid()));
    }

    private static TreeSink counter(AtomicInteger files) {
        return new TreeSink() {
            @Override
            public void directory(List<String> path, Metadata metadata) {}

            @Override
            public void endDirectory(List<String> path, Metadata metadata) {}

            @Override
            public void file(List<String> path, Metadata metadata, Content content) throws IOException {
                content.copyTo(OutputStream.nullOutputStream());
                files.incrementAndGet();
            }

            @Override
            public void symlink(List<String> path, Metadata metadata, String target) {}
        };
    }
}
