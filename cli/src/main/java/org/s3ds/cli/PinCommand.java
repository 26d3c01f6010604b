package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.Node;
import org.s3ds.node.pins.PinRecord;
import org.s3ds.node.pins.Pinner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin}: what garbage collection keeps. */
final class PinCommand {
    private PinCommand() {}

    /** Prints a line for each CID; in JSON, one object for all. */
    private static void print(Session session, List<String> cids, String before, String after) throws UsageException {
        String text = cids.stream().map(cid -> before + cid + after).collect(Collectors.joining("\n"));
        session.print(text, Map.of("Pins", cids));
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return flag == null || flag;
    }

    /** {@code pin add}: keeps something. */
    @Command(
            description = {
                "Keeps each path's block and, unless -r=false, all that is below it. Every block must be there:",
                "those with links are read, the others asked for. A pin of the same CID is replaced, name and all."
            },
            footer = "s3ds pin add --name=photos QmHash")
    static final class Add implements Action {
        private final Session session;

        @Option(
                names = {"--recursive", "-r"},
                description = "Keep all that is below, too. Default: true.")
        @Nullable
        private Boolean recursive;

        @Option(
                names = {"--name", "-n"},
                paramLabel = "<name>",
                description = "A name for the pins, at most 255 bytes.")
        private String name = "";

        @Option(names = "--progress", description = "Show on standard error how many blocks were found.")
        private boolean progress;

        /** Of no effect here: there is no network to announce anything to. */
        @Mixin
        FastProvideOptions fastProvide = new FastProvideOptions();

        @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
        private List<String> paths = List.of();

        Add(Session session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            PinRecord.checkName(name);
            List<String> pinned = new ArrayList<>();
            PinProgress line = new PinProgress(session.terminal().err(), progress, System::nanoTime);
            for (String path : session.orStandardInput(paths, "ipfs-path")) {
                Cid cid = session.resolve(path);
                pin(cid, line);
                pinned.add(session.text(cid));
            }
            line.end();
            print(session, pinned, "pinned ", isTrue(recursive) ? " recursively" : " directly");
        }

        private void pin(Cid cid, PinProgress line) throws IOException {
            Node node = session.node();
            Pinner pinner = new Pinner(node.blocks(), node.pins());
            try {
                if (isTrue(recursive)) {
                    pinner.pinRecursive(cid, name, line);
                } else {
                    pinner.pinDirect(cid, name);
                }
            } catch (IOException e) {
                throw new IOException("pin: " + Failures.sentence(e), e);
            }
        }
    }

    /** {@code pin rm}: keeps something no longer. */
    @Command(
            description = {
                "Removes the pin of each path. Its blocks stay until garbage is collected; what another pin",
                "keeps stays for good."
            },
            footer = "s3ds pin rm QmHash")
    static final class Remove implements Action {
        private final Session session;

        @Option(
                names = {"--recursive", "-r"},
                description = "Remove recursive pins, too. Default: true.")
        @Nullable
        private Boolean recursive;

        @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
        private List<String> paths = List.of();

        Remove(Session session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<String> removed = new ArrayList<>();
            for (String path : session.orStandardInput(paths, "ipfs-path")) {
                Cid cid = session.resolve(path);
                session.node().pins().remove(cid, isTrue(recursive));
                removed.add(session.text(cid));
            }
            print(session, removed, "unpinned ", "");
        }
    }

    /** {@code pin update}: keeps something in another's place. */
    @Command(
            description = {
                "Pins another CID under the name that one has. Only what the first has not is looked at,",
                "so that the next version of something large is pinned fast."
            },
            footer = "s3ds pin update QmOld QmNew")
    static final class Update implements Action {
        private final Session session;

        @Option(names = "--unpin", description = "Remove the old pin. Default: true.")
        @Nullable
        private Boolean unpin;

        /** Of no effect here: there is no network to announce anything to. */
        @Mixin
        FastProvideOptions fastProvide = new FastProvideOptions();

        @Parameters(paramLabel = "<from-path>", index = "0", description = "What is pinned recursively now.")
        private String from = "";

        @Parameters(paramLabel = "<to-path>", index = "1", description = "What is to be pinned.")
        private String to = "";

        Update(Session session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Cid old = session.resolve(from);
            Cid replacement = session.resolve(to);
            Node node = session.node();
            new Pinner(node.blocks(), node.pins()).update(old, replacement, isTrue(unpin));
            List<String> cids = List.of(session.text(old), session.text(replacement));
            session.print("updated %s to %s".formatted(cids.get(0), cids.get(1)), Map.of("Pins", cids));
        }
    }
}
