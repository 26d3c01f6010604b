package org.s3ds.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.dag.DagExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dag export}: a DAG as a CAR. */
@Command(
        description = {
            "Writes a DAG to standard output as a CAR of version 1: the root first, each block before those below it,",
            "each once. Every block must be there, unless --local-only is given."
        },
        footer = "s3ds dag export QmHash > photos.car")
final class DagExportCommand implements Action {
    private static final int BUFFER = 256 << 10;

    private final TerminalSession session;

    @Option(
            names = {"--progress", "-p"},
            description = "Show on standard error how far it is. Default: when that is a terminal.")
    @Nullable
    private Boolean progress;

    @Option(
            names = "--local-only",
            description = "Pass over blocks that are missing or corrupt, and what is below them.")
    private boolean localOnly;

    @Parameters(paramLabel = "<root>", index = "0", arity = "0..1", description = "A CID, or a path that leads to one.")
    private List<String> paths = List.of();

    DagExportCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        Cid root = session.resolve(paths, "root");
        Terminal terminal = session.terminal();
        boolean shown = progress == null ? terminal.watched() && !terminal.watchedOutput() : progress;
        DagExport.Exported exported;
        try (ProgressLine line = new ProgressLine(terminal.err(), shown, System::nanoTime);
                OutputStream counted = new CountedOutputStream(terminal.bytes(), line)) {
            DagExport export = new DagExport(session.node().blocks(), localOnly);
            exported = export.to(new BufferedOutputStream(counted, BUFFER), root);
        }
        if (exported.skipped() > 0) {
            session.warn("the CAR is partial: %d blocks that it should have are not there, or corrupt"
                    .formatted(exported.skipped()));
        }
    }
}
