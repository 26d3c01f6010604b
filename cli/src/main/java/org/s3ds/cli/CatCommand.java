package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.node.unixfs.FileReader;
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
final class CatCommand implements Action {
    private static final long WORTH_SHOWING = 8 << 20;

    private final Session session;

    @Option(
            names = {"--offset", "-o"},
            paramLabel = "<bytes>",
            description = "The first byte, counted from 0. Default: 0.")
    private String offset = "";

    @Option(
            names = {"--length", "-l"},
            paramLabel = "<bytes>",
            description = "Bytes at most. Default: all.")
    private String length = "";

    @Option(
            names = {"--progress", "-p"},
            description =
                    "Show progress. Default: when standard output goes to a file and standard error to a terminal.")
    @Nullable
    private Boolean progress;

    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    CatCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        long skip = number(offset, "offset", 0);
        long left = number(length, "length", Long.MAX_VALUE);
        List<Part> parts = new ArrayList<>();
        try {
            // all are opened before anything is written: what cannot be read among them is refused in time
            for (String path : session.orStandardInput(paths, "ipfs-path")) {
                if (left == 0) {
                    break;
                }
                Part part = Part.open(session.node().blocks(), session.resolve(path), skip, left);
                parts.add(part);
                skip = Math.max(0, skip - part.reader.size());
                left -= part.size;
            }
            for (Part part : parts) {
                copy(part.reader, part.size);
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

    private void copy(FileReader reader, long size) throws IOException {
        Terminal terminal = session.terminal();
        boolean worth = size > WORTH_SHOWING && terminal.watched() && !terminal.watchedOutput();
        boolean shown = progress == null ? worth : progress && terminal.watched();
        try (ProgressLine line = new ProgressLine(terminal.err(), shown, System::nanoTime);
                OutputStream out = new CountedOutputStream(terminal.bytes(), line)) {
            line.total(size);
            reader.copyTo(out);
        }
    }

    private static long number(String text, String option, long otherwise) throws IOException {
        if (text.isEmpty()) {
            return otherwise;
        }
        long number = GoNumber.parse(text, Long.MIN_VALUE, Long.MAX_VALUE);
        if (number < 0) {
            throw new IOException("cannot specify negative " + option);
        }
        return number;
    }
}
