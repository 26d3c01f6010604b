package org.s3ds.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.TreeSink;

/** Compares a file tree that comes out of blocks with one on disk; the first difference is an exception. */
final class ComparisonSink implements TreeSink {
    private static final int BUFFER = 1 << 18;

    private final Path root;
    private final ProgressLine line;
    /** The names not yet seen of each directory that is open, the innermost first. */
    private final Deque<Set<String>> unseen = new ArrayDeque<>();

    /**
     * A comparison.
     *
     * @param root the tree on disk; hidden names below it are not expected
     */
    ComparisonSink(Path root, ProgressLine line) {
        this.root = root;
        this.line = line;
    }

    @Override
    public void directory(List<String> path, Metadata metadata) throws IOException {
        meet(path);
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(local(path))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        }
        unseen.push(names);
    }

    @Override
    public void endDirectory(List<String> path, Metadata metadata) throws IOException {
        Set<String> left = unseen.pop();
        if (!left.isEmpty()) {
            throw new IOException("%s was not read back"
                    .formatted(local(path).resolve(left.iterator().next())));
        }
    }

    @Override
    public void file(List<String> path, Metadata metadata, Content content) throws IOException {
        meet(path);
        Path file = local(path);
        try (InputStream expected = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            content.copyTo(new Comparison(file, expected));
            if (expected.read() >= 0) {
                throw new IOException(file + ": only its first " + content.size() + " bytes were read back");
            }
        }
    }

    @Override
    public void symlink(List<String> path, Metadata metadata, String target) throws IOException {
        meet(path);
        String expected = Files.readSymbolicLink(local(path)).toString();
        if (!expected.equals(target)) {
            throw new IOException("%s points to %s, and was read back as %s".formatted(local(path), expected, target));
        }
    }

    private void meet(List<String> path) throws IOException {
        Set<String> expected = unseen.peek();
        if (expected != null && !expected.remove(path.getLast())) {
            throw new IOException(local(path) + " was read back, but is not there");
        }
    }

    /** The path's first name is the root's own. */
    private Path local(List<String> path) {
        Path local = root;
        for (String name : path.subList(1, path.size())) {
            local = local.resolve(name);
        }
        return local;
    }

    private final class Comparison extends OutputStream {
        private final Path file;
        private final InputStream expected;
        private long position;

        Comparison(Path file, InputStream expected) {
            this.file = file;
            this.expected = expected;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] wanted = expected.readNBytes(length);
            int different = Arrays.mismatch(wanted, 0, wanted.length, bytes, offset, offset + length);
            if (different >= 0) {
                throw new IOException(
                        "%s: what was read back differs at byte %d".formatted(file, position + different));
            }
            position += length;
            line.add(length);
        }
    }
}
