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
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin}: what garbage collection keeps. */
final class PinCommand {
    private PinCommand() {}

    /** The CIDs in a result. */
    private static List<String> pins(Map<?, ?> fields) {
        return fields.get("Pins") instanceof List<?> cids
                ? cids.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Prints a line for each CID. */
    private static Display lines(Terminal terminal, String before, String after) {
        return Display.lines(
                terminal,
                fields -> pins(fields).stream().map(cid -> before + cid + after).collect(Collectors.joining("\n")));
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
    static final class Add implements Operation.OfNode {
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

        @OrInput
        @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
        private List<String> paths = List.of();

        Add(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            PinRecord.checkName(name);
            List<String> pinned = new ArrayList<>();
            PinProgress events = new PinProgress(reply, progress, System::nanoTime);
            for (String path : paths) {
                Cid cid = session.resolve(path);
                pin(cid, events);
                pinned.add(session.text(cid));
            }
            if (progress) {
                events.end();
                reply.value(Map.of("Pins", pinned));
            } else {
                reply.only(Map.of("Pins", pinned));
            }
        }

        private void pin(Cid cid, PinProgress events) throws IOException {
            Node node = session.node();
            Pinner pinner = new Pinner(node.blocks(), node.pins());
            try {
                if (isTrue(recursive)) {
                    pinner.pinRecursive(cid, name, events);
                } else {
                    pinner.pinDirect(cid, name);
                }
            } catch (IOException e) {
                throw new IOException("pin: " + Failures.sentence(e), e);
            }
        }

        @Override
        public Display display(Terminal terminal) {
            String how = isTrue(recursive) ? " recursively" : " directly";
            return new PinDisplay(terminal, lines(terminal, "pinned ", how));
        }
    }

    /** {@code pin rm}: keeps something no longer. */
    @Command(
            description = {
                "Removes the pin of each path. Its blocks stay until garbage is collected; what another pin",
                "keeps stays for good."
            },
            footer = "s3ds pin rm QmHash")
    static final class Remove implements Operation.OfNode {
        private final Session session;

        @Option(
                names = {"--recursive", "-r"},
                description = "Remove recursive pins, too. Default: true.")
        @Nullable
        private Boolean recursive;

        @OrInput
        @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
        private List<String> paths = List.of();

        Remove(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            List<String> removed = new ArrayList<>();
            for (String path : paths) {
                Cid cid = session.resolve(path);
                session.node().pins().remove(cid, isTrue(recursive));
                removed.add(session.text(cid));
            }
            reply.only(Map.of("Pins", removed));
        }

        @Override
        public Display display(Terminal terminal) {
            return lines(terminal, "unpinned ", "");
        }
    }

    /** {@code pin update}: keeps something in another's place. */
    @Command(
            description = {
                "Pins another CID under the name that one has. Only what the first has not is looked at,",
                "so that the next version of something large is pinned fast."
            },
            footer = "s3ds pin update QmOld QmNew")
    static final class Update implements Operation.OfNode {
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
        public void perform(Reply reply) throws IOException {
            Cid old = session.resolve(from);
            Cid replacement = session.resolve(to);
            Node node = session.node();
            new Pinner(node.blocks(), node.pins()).update(old, replacement, isTrue(unpin));
            reply.only(Map.of("Pins", List.of(session.text(old), session.text(replacement))));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> "updated " + String.join(" to ", pins(fields)));
        }
    }
}
