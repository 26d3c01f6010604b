package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.node.unixfs.References;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refs}: the links of blocks. */
@Command(
        description = {
            "Prints the CIDs that blocks link to, each before those below it. A block is read only for",
            "the links in it: raw blocks are named without being read."
        },
        footer = "s3ds refs -r QmHash")
final class RefsCommand implements Operation.OfNode {
    private static final String TARGET = "<dst>";

    private final Session session;

    @Option(
            names = "--format",
            paramLabel = "<text>",
            description = "What to print of each link; <src>, <dst> and <linkname> stand for what it is.")
    private String format = TARGET;

    @Option(
            names = {"--edges", "-e"},
            description = "Print <src> -> <dst>.")
    private boolean edges;

    @Option(
            names = {"--unique", "-u"},
            description = "Print each CID once.")
    private boolean unique;

    @Option(
            names = {"--recursive", "-r"},
            description = "Go on below the links.")
    private boolean recursive;

    @Option(names = "--max-depth", paramLabel = "<n>", description = "With -r, levels of links at most; -1 for all.")
    private int maxDepth = References.UNLIMITED;

    @OrInput
    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    RefsCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        if (edges && !format.equals(TARGET)) {
            throw new IOException("using format argument with edges is not allowed");
        }
        List<Cid> roots = new ArrayList<>();
        for (String path : paths) {
            roots.add(session.resolve(path));
        }
        String pattern = edges ? "<src> -> <dst>" : format;
        References references = new References(
                session.node().blocks(),
                unique,
                recursive ? maxDepth : 1,
                (from, link) -> reply.value(ReferenceLines.fields(text(pattern, from, link), OptionalLong.empty())));
        for (Cid root : roots) {
            list(references, root, reply);
        }
    }

    /** As Kubo does, one that cannot be listed is told among the results, and the others are listed. */
    private static void list(References references, Cid root, Reply reply) throws IOException {
        try {
            references.list(root);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            reply.value(ReferenceLines.failure(Failures.sentence(e)));
        }
    }

    @Override
    public Display display(Terminal terminal) {
        return new ReferenceLines(terminal);
    }

    private String text(String pattern, Cid from, Link link) throws IOException {
        return pattern.replace("<src>", session.text(from))
                .replace(TARGET, session.text(link.cid()))
                .replace("<linkname>", link.name());
    }
}
