package org.s3ds.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.node.mfs.Mfs;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code files} that are about their root. */
final class FilesRootCommand {
    private FilesRootCommand() {}

    /** {@code files flush}: says what CID a path has. */
    @Command(
            description = {
                "Prints the CID of a path. There is nothing to be written: what a command changes is stored",
                "when it ends."
            },
            footer = "s3ds files flush /photos")
    static final class FlushPath extends FilesCommand implements Operation.OfNode {
        @Parameters(paramLabel = "<path>", arity = "0..1", description = "The path. Default: /.")
        private String path = "/";

        FlushPath(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            MfsPath flushed = MfsPath.parse(path.startsWith("/") ? path : "/" + path);
            Cid cid = files().find(flushed).cid();
            reply.only(Map.of("Cid", session.text(cid)));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.json(terminal);
        }
    }

    /** {@code files chroot}: gives the files another root. */
    @Command(
            description = {
                "Makes another directory the root of the files, whatever the root is now: what is below the",
                "old one is garbage then, unless a pin keeps it. For a root that is damaged or lost."
            },
            footer = "s3ds files chroot --confirm QmBackup")
    static final class ChangeRoot implements Action {
        private final TerminalSession session;

        @Option(names = "--confirm", description = "Yes, do it.")
        private boolean confirm;

        @Parameters(paramLabel = "<cid>", arity = "0..1", description = "The directory. Default: an empty one.")
        private String cid = "";

        ChangeRoot(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            if (!confirm) {
                throw new IOException("this is a potentially destructive operation; pass --confirm to proceed");
            }
            Cid root = cid.isEmpty() ? Mfs.EMPTY_DIRECTORY : parse();
            Optional<Cid> before = session.node().mfs().changeRoot(root);
            String message = message(before, session.text(root));
            session.terminal().out().print(session.json() ? Json.compact(Map.of("Message", message)) + "\n" : message);
        }

        private Cid parse() throws IOException {
            IpfsPath path;
            try {
                path = IpfsPath.parse(cid);
            } catch (IOException e) {
                throw new IOException("invalid CID \"%s\": %s".formatted(cid, e.getMessage()), e);
            }
            if (!path.segments().isEmpty()) {
                throw new IOException("invalid CID \"%s\": \"%s\" points below a root CID, expected a single CID"
                        .formatted(cid, cid));
            }
            if (path.isName()) {
                throw new IOException("invalid CID \"%s\": it is a name, expected a CID".formatted(cid));
            }
            return path.cid();
        }

        private String message(Optional<Cid> before, String root) throws IOException {
            if (before.isEmpty()) {
                return "MFS root set to " + root + "\n";
            }
            String old = session.text(before.get());
            return """
                    MFS root changed from %s to %s
                    The old root %s will be garbage collected unless pinned.
                    """.formatted(old, root, old);
        }
    }
}
