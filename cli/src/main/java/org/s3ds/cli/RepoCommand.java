package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repo}: the repo as a whole. */
final class RepoCommand {
    private RepoCommand() {}

    /** {@code repo version}: the version of the repo format. */
    @Command(
            description = "Prints the version of the repos this program reads and writes.",
            footer = "s3ds repo version -q")
    static final class Version implements Operation.OfNode {
        @Option(
                names = {"--quiet", "-q"},
                description = "Only the version.")
        private boolean quiet;

        @Override
        public void perform(Reply reply) throws IOException {
            reply.only(Map.of("Version", String.valueOf(Product.REPO_VERSION)));
        }

        @Override
        public Display display(Terminal terminal) {
            String before = quiet ? "fs-repo@" : "ipfs repo version fs-repo@";
            return Display.lines(terminal, fields -> before + fields.get("Version"));
        }
    }
}
