package org.s3ds.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.unixfs.Entity;
import org.s3ds.node.unixfs.TreeReader;
import org.s3ds.rpc.Reply;
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
final class GetCommand implements Operation.OfNode {
    private final Session session;

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
    private int level = GetArchive.USUAL_COMPRESSION;

    @Option(
            names = {"--progress", "-p"},
            description = "Show progress. Default: when standard error is a terminal.")
    @Nullable
    private Boolean progress;

    @OrInput
    @Parameters(
            paramLabel = "<ipfs-path>",
            index = "0",
            arity = "0..1",
            description = "A CID, or a path that begins with one.")
    private String path = "";

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        int compression = compression();
        try (TreeReader reader = new TreeReader(session.node().blocks(), session.resolve(path), lastName(path))) {
            boolean tar = archive || !compress || !(reader.root() instanceof Entity.File);
            String type = compress ? "application/gzip" : "application/x-tar";
            GetArchive.write(reader, reply.bytes(type, reader.estimate()), tar, compression);
        }
    }

    private int compression() throws IOException {
        if (!compress) {
            return 0;
        }
        if (level < 1 || level > 9) {
            throw new IOException("compression level must be between 1 and 9");
        }
        return level;
    }

    @Override
    public Display display(Terminal terminal) {
        boolean shown = terminal.watched() && (progress == null || progress);
        ProgressLine line = new ProgressLine(terminal.err(), shown, System::nanoTime);
        String target = output.isEmpty() ? lastName(path) : output;
        return archive || compress
                ? GetDisplay.ofArchive(terminal, line, archiveName(target))
                : GetDisplay.ofFiles(terminal, line, target);
    }

    private String archiveName(String target) {
        String file = target;
        if (archive && !file.endsWith(".tar") && !file.endsWith(".tar.gz")) {
            file += ".tar";
        }
        return compress && !file.endsWith(".gz") ? file + ".gz" : file;
    }

    /** The text after the last slash, whatever it is: the name is the user's, and so is the place. */
    private static String lastName(String given) {
        String trimmed = given.replaceFirst("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
