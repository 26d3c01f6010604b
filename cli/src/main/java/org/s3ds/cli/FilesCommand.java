package org.s3ds.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.mfs.Mfs;
import picocli.CommandLine.Option;

/** What every command of {@code files} has. */
abstract class FilesCommand {
    final Session session;

    @Option(
            names = {"--flush", "-f"},
            description = "Of no effect: what a command changes is stored when it ends. Default: true.")
    @Nullable
    Boolean flush;

    FilesCommand(Session session) {
        this.session = session;
    }

    /** The files of the repo. */
    final Mfs files() throws IOException {
        return session.node().mfs();
    }

    /** Most of them change something and have nothing to tell. */
    public Display display(Terminal terminal) {
        return Display.plain(terminal);
    }
}
