package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        for (String path : session.orStandardInput(paths, "ipfs-path")) {
            if (left == 0) {
                return;
            }
            Cid root = session.resolve(path);
            try (FileReader reader = new FileReader(session.node().blocks(), root, skip, left)) {
                long size = Math.clamp(reader.size() - skip, 0, left);
                copy(reader, size);
                skip = Math.max(0, skip - reader.size());
                left -= size;
            }
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
        long number = GoNumber.parse(text, option, Long.MIN_VALUE, Long.MAX_VALUE);
        if (number < 0) {
            throw new IOException("cannot specify negative " + option);
        }
        return number;
    }
}
