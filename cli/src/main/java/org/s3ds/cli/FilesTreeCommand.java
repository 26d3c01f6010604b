package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.s3ds.node.mfs.CopyOptions;
import org.s3ds.node.mfs.CopySource;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code files} that change which names there are. */
final class FilesTreeCommand {
    private FilesTreeCommand() {}

    /** {@code files mkdir}: makes a directory. */
    @Command(
            description = {"Makes a directory among the files. With -p, one that is there already is fine."},
            footer = "s3ds files mkdir -p /photos/2026")
    static final class MakeDirectory extends FilesCommand implements Operation.OfNode {
        @Mixin
        private FilesFormat format = new FilesFormat();

        @Option(
                names = {"--parents", "-p"},
                description = "Make the directories above it too.")
        private boolean parents;

        @Parameters(paramLabel = "<path>", description = "Where it is to be, such as /photos.")
        private String path = "";

        MakeDirectory(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            files().makeDirectory(MfsPath.parse(path), parents, format.chosen());
        }
    }

    /** {@code files cp}: lets a path lead to what another leads to. */
    @Command(
            description = {
                "Lets a path among the files lead to a file or directory, one of the files or any content.",
                "Nothing is copied but its name: only its first block is looked at."
            },
            footer = "s3ds files cp /ipfs/QmHash /photos/2026")
    static final class Copy extends FilesCommand implements Operation.OfNode {
        @Option(names = "--force", description = "Replace a file that is there.")
        private boolean force;

        @Option(
                names = {"--parents", "-p"},
                description = "Make the directories above it too.")
        private boolean parents;

        @Parameters(paramLabel = "<source>", index = "0", description = "What is copied: /ipfs/CID, or a path.")
        private String source = "";

        @Parameters(
                paramLabel = "<dest>",
                index = "1",
                description = "Its new path; behind a slash at the end it has the name of the source.")
        private String destination = "";

        Copy(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            FilesArgument from = FilesArgument.parse(source);
            MfsPath to = MfsPath.parse(destination);
            CopyOptions options = new CopyOptions(force, parents, Optional.empty());
            files().copy(copied(from), to, options);
        }

        private CopySource copied(FilesArgument from) throws IOException {
            return switch (from) {
                case FilesArgument.Files(MfsPath path) -> new CopySource.Files(path);
                case FilesArgument.Content(String path) -> content(path.replaceFirst("/+$", ""));
            };
        }

        private CopySource content(String path) throws IOException {
            try {
                return new CopySource.Content(session.resolve(path), path);
            } catch (IOException e) {
                throw new IOException("cp: cannot get node from path " + path + ": " + e.getMessage(), e);
            }
        }
    }

    /** {@code files mv}: moves something. */
    @Command(
            description = {
                "Moves a file or directory to another path. A file that is there is replaced; into a directory",
                "that is there it goes under its name."
            },
            footer = "s3ds files mv /photos/2025 /archive/")
    static final class Move extends FilesCommand implements Operation.OfNode {
        @Parameters(paramLabel = "<source>", index = "0", description = "What is moved.")
        private String source = "";

        @Parameters(paramLabel = "<dest>", index = "1", description = "Its new path, or the directory it goes into.")
        private String destination = "";

        Move(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            files().move(MfsPath.parse(source), MfsPath.parse(destination));
        }
    }

    /** {@code files rm}: removes names. */
    @Command(
            description = {
                "Removes files from among the files. Their blocks stay until garbage is collected; what a pin",
                "keeps stays for good."
            },
            footer = "s3ds files rm -r /photos/2025")
    static final class Remove extends FilesCommand implements Operation.OfNode {
        @Option(
                names = {"--recursive", "-r"},
                description = "Remove directories too, with all that is in them.")
        private boolean recursive;

        @Option(
                names = "--force",
                description = "Remove directories and what cannot be read too; what is not there is fine.")
        private boolean force;

        @Parameters(paramLabel = "<path>...", arity = "1..*", description = "What is removed.")
        private List<String> paths = List.of();

        Remove(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            if (flush != null && !flush) {
                throw new IOException("files rm always flushes for safety."
                        + " The --flush flag cannot be set to false for this command");
            }
            List<String> failures = files().remove(paths, recursive, force);
            for (String failure : failures) {
                reply.value(failure);
            }
            if (!failures.isEmpty()) {
                throw new IOException("can't remove some files");
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.json(terminal);
        }
    }
}
