package org.s3ds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.node.unixfs.FolderSink;
import org.s3ds.node.unixfs.TreeReader;
import org.s3ds.node.unixfs.TreeSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}: files and directories back onto the disk. */
@Command(
        description = {
            "Writes a file or directory to the disk, or into an archive. Files that are there are",
            "replaced; nothing is written outside the target, whatever names the blocks hold."
        },
        footer = "s3ds get QmHash -o photos")
final class GetCommand implements Action {
    private final TerminalSession session;

    @Option(
            names = {"--output", "-o"},
            paramLabel = "<path>",
            description = "Where to. Default: the last name of the path, in the current folder.")
    private String output = "";

    @Option(
            names = {"--archive", "-a"},
            description = "Write a tar archive.")
    private boolean archive;

    @Option(
            names = {"--compress", "-C"},
            description = "Compress with gzip; a directory becomes a tar archive.")
    private boolean compress;

    @Option(
            names = {"--compression-level", "-l"},
            paramLabel = "<n>",
            description = "1 to 9, with -C. Default: 6.")
    private String level = "";

    @Option(
            names = {"--progress", "-p"},
            description = "Show progress. Default: when standard error is a terminal.")
    @Nullable
    private Boolean progress;

    @Parameters(
            paramLabel = "<ipfs-path>",
            index = "0",
            arity = "0..1",
            description = "A CID, or a path that begins with one.")
    private List<String> path = List.of();

    GetCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        int compression = compression();
        String given = session.orStandardInput(path, "ipfs-path").getFirst();
        String name = lastName(given);
        try (TreeReader reader = new TreeReader(session.node().blocks(), session.resolve(given), name);
                ProgressLine line = new ProgressLine(session.terminal().err(), shown(), System::nanoTime)) {
            reader.estimate().ifPresent(line::total);
            String target = output.isEmpty() ? name : output;
            if (archive || compress) {
                writeArchive(reader, target, compression, line);
            } else {
                session.terminal().out().println("Saving file(s) to " + target);
                reader.copyTo(new CountedSink(sink(target), line));
            }
        }
    }

    private boolean shown() {
        return session.terminal().watched() && (progress == null || progress);
    }

    private int compression() throws IOException {
        if (!compress) {
            return 0;
        }
        long chosen = level.isEmpty()
                ? GetArchive.USUAL_COMPRESSION
                : GoNumber.parse(level, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (chosen < 1 || chosen > 9) {
            throw new IOException("compression level must be between 1 and 9");
        }
        return (int) chosen;
    }

    /** The text after the last slash, whatever it is: the name is the user's, and so is the place. */
    private static String lastName(String given) {
        String trimmed = given.replaceFirst("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private TreeSink sink(String target) {
        Path place = session.terminal().resolve(target).normalize();
        return place.equals(Path.of("/dev/null"))
                ? new ContentSink(OutputStream.nullOutputStream())
                : new FolderSink(place);
    }

    private void writeArchive(TreeReader reader, String target, int compression, ProgressLine line) throws IOException {
        String file = target;
        if (archive && !file.endsWith(".tar") && !file.endsWith(".tar.gz")) {
            file += ".tar";
        }
        if (compress && !file.endsWith(".gz")) {
            file += ".gz";
        }
        session.terminal().out().println("Saving archive to " + file);
        boolean tar = archive || !(reader.root() instanceof Entity.File);
        GetArchive.write(reader, session.terminal().resolve(file), tar, compression, line);
    }
}
