package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.node.unixfs.FileReader;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cat}: the bytes of files. */
@Command(
        description = {
            "Writes files to standard output, one after the other. Offset and length count over all of",
            "them together; only the blocks that are needed are read."
        },
        footer = "s3ds cat QmHash/photo.jpg > photo.jpg")
final class CatCommand implements Operation.OfNode {
    private static final long WORTH_SHOWING = 8 << 20;

    private final Session session;

    @Option(
            names = {"--offset", "-o"},
            paramLabel = "<bytes>",
            description = "The first byte, counted from 0. Default: 0.")
    @Nullable
    private Long offset;

    @Option(
            names = {"--length", "-l"},
            paramLabel = "<bytes>",
            description = "Bytes at most. Default: all.")
    @Nullable
    private Long length;

    @Option(
            names = {"--progress", "-p"},
            description =
                    "Show progress. Default: when standard output goes to a file and standard error to a terminal.")
    @Nullable
    private Boolean progress;

    @OrInput
    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    CatCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        long skip = number(offset, "offset", 0);
        long left = number(length, "length", Long.MAX_VALUE);
        List<Part> parts = new ArrayList<>();
        try {
            // all are opened before anything is written: what cannot be read among them is refused in time
            for (String path : paths) {
                if (left == 0) {
                    break;
                }
                Part part = Part.open(session.node().blocks(), session.resolve(path), skip, left);
                parts.add(part);
                skip = Math.max(0, skip - part.reader.size());
                left -= part.size;
            }
            long size = parts.stream().mapToLong(Part::size).sum();
            OutputStream out = reply.bytes("text/plain", OptionalLong.of(size));
            for (Part part : parts) {
                part.reader.copyTo(out);
            }
        } finally {
            parts.forEach(part -> part.reader.close());
        }
    }

    /** A file to be written, and how many bytes of it. */
    private record Part(FileReader reader, long size) {
        static Part open(BlockSource blocks, Cid root, long skip, long left) throws IOException {
            FileReader reader = new FileReader(blocks, root, skip, left);
            return new Part(reader, Math.clamp(reader.size() - skip, 0, left));
        }
    }

    private static long number(@Nullable Long given, String option, long otherwise) throws IOException {
        if (given == null) {
            return otherwise;
        }
        if (given < 0) {
            throw new IOException("cannot specify negative " + option);
        }
        return given;
    }

    @Override
    public Display display(Terminal terminal) {
        return new Content(terminal);
    }

    /** Writes the bytes, and shows how far it is. */
    private final class Content extends Results {
        private @Nullable ProgressLine line;

        Content(Terminal terminal) {
            super(terminal);
        }

        @Override
        public OutputStream bytes(OptionalLong size) {
            Terminal terminal = terminal();
            boolean worth = size.orElse(0) > WORTH_SHOWING && terminal.watched() && !terminal.watchedOutput();
            boolean shown = progress == null ? worth : progress && terminal.watched();
            ProgressLine shownLine = new ProgressLine(terminal.err(), shown, System::nanoTime);
            size.ifPresent(shownLine::total);
            line = shownLine;
            return new CountedOutputStream(terminal.bytes(), shownLine);
        }

        @Override
        public void close() {
            if (line != null) {
                line.close();
            }
        }
    }
}
