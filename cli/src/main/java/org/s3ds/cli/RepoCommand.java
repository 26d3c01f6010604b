package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repo}: the repo as a whole. */
final class RepoCommand {
    private RepoCommand() {}

    /** {@code repo version}: the version of the repo format. */
    @Command(
            description = "Prints the version of the repos this program reads and writes.",
            footer = "s3ds repo version -q")
    static final class Version implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--quiet", "-q"},
                description = "Only the version.")
        private boolean quiet;

        Version(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            String version = "fs-repo@" + Product.REPO_VERSION;
            session.print(
                    quiet ? version : "ipfs repo version " + version,
                    Map.of("Version", String.valueOf(Product.REPO_VERSION)));
        }
    }
}
