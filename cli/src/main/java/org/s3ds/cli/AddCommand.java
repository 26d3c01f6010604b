package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.Node;
import org.s3ds.node.mfs.AddedFiles;
import org.s3ds.node.unixfs.AddListener;
import org.s3ds.node.unixfs.AddOptions;
import org.s3ds.node.unixfs.Added;
import org.s3ds.node.unixfs.Adder;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
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
final class AddCommand implements Operation.OfFiles {
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

    @FromFiles
    @Parameters(paramLabel = "<path>...", arity = "0..*", description = "Files and directories; - for standard input.")
    private List<String> paths = List.of();

    AddCommand(Session session) {
        this.session = session;
    }

    @Override
    public void prepare(TerminalSession local) {
        boolean wanted = progress == null ? local.terminal().watched() : progress;
        progress = wanted && !quiet && !quieter && !silent;
    }

    @Override
    public boolean textAlone() {
        return true;
    }

    @Override
    public InputNode.Children files(TerminalSession local) throws IOException {
        return inputs.open(local, paths, format.wraps());
    }

    @Override
    public void perform(InputNode.Children files, Reply reply) throws IOException {
        format.check();
        Node node = session.node();
        AddOptions options = format.options(session.config());
        Optional<InputNode> first = files.next();
        if (first.isEmpty()) {
            throw new IOException("expected a file argument");
        }
        boolean tellsProgress = progress != null && progress;
        AddListener events = silent ? new SilentAdd() : new AddEvents(session, reply, tellsProgress);
        adder(node, options).add(inputs(first.get(), files), events);
    }

    private Adder adder(Node node, AddOptions options) throws IOException {
        if (format.toFiles().isEmpty()) {
            return new Adder(node.blocks(), node.pins(), options);
        }
        AddedFiles files = new AddedFiles(node.mfs(), format.toFiles().get());
        return new Adder(node.blocks(), node.pins(), options, files);
    }

    /** Tells nothing. */
    private record SilentAdd() implements AddListener {
        @Override
        public void added(Added added) {}

        @Override
        public void read(String name, long more, long total) {}
    }

    private InputNode.Children inputs(InputNode first, InputNode.Children rest) {
        InputNode.Children all = new Inputs(InputNode.Children.of(List.of(first)), rest);
        return format.toFiles().isEmpty() ? all : new NamedInputs(all);
    }

    /** What was looked at already, then the rest, which whoever opened it closes. */
    private record Inputs(InputNode.Children first, InputNode.Children rest) implements InputNode.Children {
        @Override
        public Optional<InputNode> next() throws IOException {
            Optional<InputNode> next = first.next();
            return next.isPresent() ? next : rest.next();
        }

        @Override
        public void close() {}
    }

    /** Inputs for the tree of files, where each needs a name. */
    private record NamedInputs(InputNode.Children all) implements InputNode.Children {
        @Override
        public Optional<InputNode> next() throws IOException {
            Optional<InputNode> next = all.next();
            if (next.isPresent() && next.get().name().isEmpty()) {
                throw new IOException("to-files: cannot add unnamed files to MFS");
            }
            return next;
        }

        @Override
        public void close() throws IOException {
            all.close();
        }
    }

    @Override
    public Display display(Terminal terminal) {
        boolean shown = progress != null && progress;
        ProgressLine line = new ProgressLine(terminal.err(), shown, System::nanoTime);
        if (shown) {
            inputs.countInto(line);
        }
        return new AddDisplay(terminal, line, style(), inputs.refused());
    }

    private AddDisplay.Style style() {
        if (quieter) {
            return AddDisplay.Style.LAST_CID;
        }
        return quiet ? AddDisplay.Style.CIDS : AddDisplay.Style.LINES;
    }
}
