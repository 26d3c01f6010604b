package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.unixfs.FileImporter;
import org.s3ds.ipld.unixfs.ImportOptions;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.BlockWriter;
import org.s3ds.node.blocks.Window;

/** Files many times as large as Java's memory: each test is a Java of its own, with little of it. */
@Timeout(120)
class FlatMemoryTest {
    private static final long LARGE = 512L << 20;

    @Test
    void aLargeFileIsAdded() throws Exception {
        assertEquals(0, run(Add.class));
    }

    @Test
    void aLargeFileIsRead() throws Exception {
        assertEquals(0, run(Read.class));
    }

    private static int run(Class<?> program) throws Exception {
        return new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Adds a file and lets its blocks go. */
    static final class Add {
        private Add() {}

        public static void main(String[] arguments) throws IOException {
            try (BlockWriter writer = new BlockWriter(block -> {}, Window.DEFAULT)) {
                new FileImporter(ImportOptions.defaults(CidFormat.V0))
                        .importFile(new Zeros(LARGE, true), Metadata.NONE, writer);
                writer.flush();
            }
        }
    }

    /** Reads a file whose leaves are all alike but come anew each time. */
    static final class Read {
        private Read() {}

        public static void main(String[] arguments) throws IOException {
            ConcurrentMap<Cid, Block> blocks = new ConcurrentHashMap<>();
            Cid root = new FileImporter(ImportOptions.defaults(CidFormat.V0))
                    .importFile(new Zeros(LARGE, false), Metadata.NONE, block -> blocks.put(block.cid(), block))
                    .cid();
            BlockSource source = cid -> {
                Block block = Optional.ofNullable(blocks.get(cid)).orElseThrow(() -> new MissingBlockException(cid));
                return Block.of(cid, block.data().clone());
            };
            try (FileReader reader = new FileReader(source, root, 0, Long.MAX_VALUE)) {
                reader.copyTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** A file of this length; each of its chunks begins with its number, or all are alike. */
    private static final class Zeros extends InputStream {
        private final long length;
        private final boolean numbered;
        private long at;

        Zeros(long length, boolean numbered) {
            this.length = length;
            this.numbered = numbered;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("nobody reads single bytes");
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (at == length) {
                return -1;
            }
            int read = (int) Math.min(count, length - at);
            if (numbered && read >= Long.BYTES) {
                bytes[offset] = (byte) (at >> 12);
                bytes[offset + 1] = (byte) (at >> 20);
                bytes[offset + 2] = (byte) (at >> 28);
            }
            at += read;
            return read;
        }
    }
}
