package org.s3ds.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.dag.DagExport;
import org.s3ds.rpc.Reply;
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
final class DagExportCommand implements Operation.OfNode {
    private static final int BUFFER = 256 << 10;

    private final Session session;

    @Option(
            names = {"--progress", "-p"},
            description = "Show on standard error how far it is. Default: when that is a terminal.")
    @Nullable
    private Boolean progress;

    @Option(
            names = "--local-only",
            description = "Pass over blocks that are missing or corrupt, and what is below them.")
    private boolean localOnly;

    @OrInput
    @Parameters(paramLabel = "<root>", index = "0", arity = "0..1", description = "A CID, or a path that leads to one.")
    private String path = "";

    DagExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Cid root = session.resolve(path);
        DagExport export = new DagExport(session.node().blocks(), localOnly);
        DagExport.Exported exported = export.to(new BufferedOutputStream(new Car(reply), BUFFER), root);
        if (exported.skipped() > 0) {
            session.warn("the CAR is partial: %d blocks that it should have are not there, or corrupt"
                    .formatted(exported.skipped()));
        }
    }

    /** Asks the reply for its bytes when there are some: where the root is missing, the answer is a failure. */
    private static final class Car extends OutputStream {
        private final Reply reply;
        private @Nullable OutputStream out;

        Car(Reply reply) {
            this.reply = reply;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (out == null) {
                out = reply.bytes("application/vnd.ipld.car", OptionalLong.empty());
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (out != null) {
                out.flush();
            }
        }
    }

    @Override
    public Display display(Terminal terminal) {
        boolean shown = progress == null ? terminal.watched() && !terminal.watchedOutput() : progress;
        ProgressLine line = new ProgressLine(terminal.err(), shown, System::nanoTime);
        return new Results(terminal) {
            @Override
            public OutputStream bytes(OptionalLong length) {
                return new CountedOutputStream(terminal.bytes(), line);
            }

            @Override
            public void close() {
                line.close();
            }
        };
    }
}
