package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.unixfs.Metadata;

/**
 * Reads a tar archive of one tree into a {@link TreeSink}, as a daemon sends it: a directory before what is in it. What
 * is not below the directories that are open is refused, so that no name leads anywhere else. An entry with the
 * permissions that a new file or directory has anyway is taken for one without any stored.
 */
public final class TarSource {
    private static final int BUFFER = 1 << 18;

    private final InputStream in;
    private final Deque<Opened> open = new ArrayDeque<>();
    private boolean begun;

    private record Opened(List<String> path, Metadata metadata) {}

    /** An archive. */
    public TarSource(InputStream in) {
        this.in = in;
    }

    /**
     * Reads it to its end.
     *
     * @throws IOException when it is cut, or is no such archive; what was whole before is in the sink
     */
    public void copyTo(TreeSink sink) throws IOException {
        for (Optional<TarHeader> next = TarHeader.read(in); next.isPresent(); next = TarHeader.read(in)) {
            TarHeader header = next.get();
            List<String> path = List.of(header.name().split("/", -1));
            leave(path, sink);
            begun = true;
            take(header, path, sink);
        }
        if (!begun) {
            throw new IOException("the archive is empty");
        }
        leave(List.of(), sink);
    }

    /** Ends the directories that a path is not in. */
    private void leave(List<String> path, TreeSink sink) throws IOException {
        List<String> parent = path.isEmpty() ? path : path.subList(0, path.size() - 1);
        while (!open.isEmpty() && !open.getLast().path.equals(parent)) {
            Opened left = open.removeLast();
            sink.endDirectory(left.path, left.metadata);
        }
        if (!path.isEmpty() && (begun ? open.isEmpty() : !parent.isEmpty())) {
            throw new IOException(
                    "the archive has %s, which is in none of its directories".formatted(String.join("/", path)));
        }
    }

    private void take(TarHeader header, List<String> path, TreeSink sink) throws IOException {
        Metadata metadata = metadata(header);
        switch (header.type()) {
            case DIRECTORY -> {
                sink.directory(path, metadata);
                open.addLast(new Opened(path, metadata));
            }
            case SYMLINK -> sink.symlink(path, metadata, header.target());
            case FILE -> sink.file(path, metadata, new FileContent(header.size()));
            case PAX -> throw new IOException("the archive has a header in the wrong place");
        }
    }

    private static Metadata metadata(TarHeader header) {
        boolean usual = header.mode() == (header.type() == TarWriter.Type.DIRECTORY ? 0755 : 0644);
        return new Metadata(usual ? OptionalInt.empty() : OptionalInt.of(header.mode()), Optional.of(header.mtime()));
    }

    /** The bytes of the file whose header came last. */
    private final class FileContent implements TreeSink.Content {
        private final long size;

        FileContent(long size) {
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void copyTo(OutputStream out) throws IOException {
            byte[] buffer = new byte[Math.clamp(size, 1, BUFFER)];
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw TarHeader.cut();
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            TarHeader.skipPadding(in, size);
        }
    }
}
