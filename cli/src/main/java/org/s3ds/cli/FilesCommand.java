package org.s3ds.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.mfs.Mfs;
import picocli.CommandLine.Option;

/** What every command of {@code files} has. */
abstract class FilesCommand implements Action {
    final TerminalSession session;

    @Option(
            names = {"--flush", "-f"},
            description = "Of no effect: what a command changes is stored when it ends. Default: true.")
    @Nullable
    Boolean flush;

    FilesCommand(TerminalSession session) {
        this.session = session;
    }

    /** The files of the repo. */
    final Mfs files() throws IOException {
        return session.node().mfs();
    }
}
