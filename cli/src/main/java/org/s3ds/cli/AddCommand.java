package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.Node;
import org.s3ds.node.mfs.AddedFiles;
import org.s3ds.node.unixfs.AddOptions;
import org.s3ds.node.unixfs.AddResult;
import org.s3ds.node.unixfs.Adder;
import org.s3ds.node.unixfs.InputNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}: files and directories become blocks. */
@Command(
        description = {
            "Stores files as IPFS blocks, pins them, and prints the CID and name of each. What is printed",
            "is stored. Without arguments it reads standard input. Several files are added one by one, in",
            "the order of their names; with -w they come into one new directory."
        },
        footer = "s3ds add -r photos/")
final class AddCommand implements Action {
    private final Session session;

    @Mixin
    private AddInputs inputs = new AddInputs();

    @Mixin
    private AddFormat format = new AddFormat();

    @Option(
            names = {"--quiet", "-q"},
            description = "Print CIDs alone.")
    private boolean quiet;

    @Option(
            names = {"--quieter", "-Q"},
            description = "Print the last CID alone.")
    private boolean quieter;

    @Option(names = "--silent", description = "Print nothing.")
    private boolean silent;

    @Option(
            names = {"--progress", "-p"},
            description = "Show progress on standard error. Default: when it is a terminal.")
    @Nullable
    private Boolean progress;

    @Parameters(paramLabel = "<path>...", arity = "0..*", description = "Files and directories; - for standard input.")
    private List<String> paths = List.of();

    AddCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        AddInputs.Opened opened = inputs.open(session, paths, format.wraps());
        format.check();
        AddOptions options = format.options(session.node().repo().config());
        try (ProgressLine line = new ProgressLine(session.terminal().err(), showsProgress(), System::nanoTime)) {
            if (showsProgress()) {
                opened.countInto(line);
            }
            AddPrinter printer = new AddPrinter(session, line, style());
            AddResult result = adder(opened.nodes(), options).add(opened.nodes(), printer);
            printer.finish();
            line.clear();
            reportRefused(result);
        }
    }

    private Adder adder(List<InputNode> inputs, AddOptions options) throws IOException {
        Node node = session.node();
        if (format.toFiles().isEmpty()) {
            return new Adder(node.blocks(), node.pins(), options);
        }
        if (inputs.stream().anyMatch(input -> input.name().isEmpty())) {
            throw new IOException("to-files: cannot add unnamed files to MFS");
        }
        AddedFiles files = new AddedFiles(node.mfs(), format.toFiles().get());
        return new Adder(node.blocks(), node.pins(), options, files);
    }

    private boolean showsProgress() {
        boolean wanted = progress == null ? session.terminal().watched() : progress;
        return wanted && style() == AddPrinter.Style.LINES;
    }

    private AddPrinter.Style style() {
        if (silent) {
            return AddPrinter.Style.NOTHING;
        }
        if (quieter) {
            return AddPrinter.Style.LAST_CID;
        }
        return quiet ? AddPrinter.Style.CIDS : AddPrinter.Style.LINES;
    }

    /** What could be added is; the command fails all the same, so that a script sees that something is missing. */
    private void reportRefused(AddResult result) throws IOException {
        List<String> refused = result.refused();
        if (refused.size() == 1) {
            throw new IOException(refused.getFirst());
        }
        if (!refused.isEmpty()) {
            refused.forEach(session.terminal().err()::println);
            throw new IOException(refused.size() + " files were not added, the rest was");
        }
    }
}
