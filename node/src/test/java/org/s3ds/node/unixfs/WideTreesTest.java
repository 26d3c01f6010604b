package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.Chunking;
import org.s3ds.ipld.unixfs.DirectoryOptions;
import org.s3ds.ipld.unixfs.ImportOptions;
import org.s3ds.ipld.unixfs.Layout;
import org.s3ds.ipld.unixfs.Metadata;

/** Blocks with tens of thousands of links are read like any others: each block below them once. */
class WideTreesTest {
    private static final int WIDE = 30_000;

    private final MemoryNode node = new MemoryNode();

    private static AddOptions wide() throws IOException {
        CidFormat format = CidFormat.V1;
        return new AddOptions(
                new ImportOptions(format, true, Chunking.parse("size-32"), Layout.BALANCED, WIDE, OptionalInt.empty()),
                new DirectoryOptions(
                        format,
                        OptionalInt.empty(),
                        DirectoryOptions.Estimation.LINKS,
                        0,
                        0,
                        DirectoryOptions.DEFAULT_FANOUT),
                MetadataRule.NONE,
                false,
                true,
                false,
                false,
                "");
    }

    @Test
    void aWideFile() throws IOException {
        byte[] content = TreeVectors.stream("wide", 32 * WIDE);
        Cid root = root(node.add(wide(), file(content)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileReader reader = new FileReader(node.blocks(), root, 0, Long.MAX_VALUE)) {
            reader.copyTo(out);
        }
        assertArrayEquals(content, out.toByteArray());
        assertEquals(WIDE + 1, node.calls("get"));
    }

    @Test
    void aWideDirectory() throws IOException {
        InputNode[] files = new InputNode[WIDE];
        Arrays.setAll(files, i -> MemoryNode.file("f" + i, "content " + i));
        Cid root = root(node.add(wide(), MemoryNode.directory("wide", files)));
        Counting sink = new Counting();
        try (TreeReader reader = new TreeReader(node.blocks(), root, "wide")) {
            reader.copyTo(sink);
        }
        assertEquals(WIDE, sink.files);
        assertEquals(WIDE + 1, node.calls("get"));
    }

    private static Cid root(AddResult result) {
        return result.roots().getFirst().cid();
    }

    private static InputNode.File file(byte[] content) {
        return new InputNode.File() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.of(content.length);
            }

            @Override
            public String name() {
                return "wide";
            }

            @Override
            public Metadata metadata() {
                return Metadata.NONE;
            }
        };
    }

    /** Reads all and keeps nothing. */
    private static final class Counting implements TreeSink {
        private int files;

        @Override
        public void directory(List<String> path, Metadata metadata) {}

        @Override
        public void endDirectory(List<String> path, Metadata metadata) {}

        @Override
        public void file(List<String> path, Metadata metadata, Content content) throws IOException {
            content.copyTo(OutputStream.nullOutputStream());
            files++;
        }

        @Override
        public void symlink(List<String> path, Metadata metadata, String target) {}
    }
}
