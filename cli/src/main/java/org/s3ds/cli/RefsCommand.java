package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.node.unixfs.References;
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
final class RefsCommand implements Action {
    private static final String TARGET = "<dst>";

    private final TerminalSession session;

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
    private String maxDepth = "-1";

    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    RefsCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        if (edges && !format.equals(TARGET)) {
            throw new UsageException("using format argument with edges is not allowed");
        }
        long depth = GoNumber.parse(maxDepth, Integer.MIN_VALUE, Integer.MAX_VALUE);
        List<Cid> roots = new ArrayList<>();
        for (String path : session.orStandardInput(paths, "ipfs-path")) {
            roots.add(session.resolve(path));
        }
        String pattern = edges ? "<src> -> <dst>" : format;
        try (ReferenceLines out = new ReferenceLines(session)) {
            References references = new References(
                    session.node().blocks(),
                    unique,
                    recursive ? (int) depth : 1,
                    (from, link) -> out.print(text(pattern, from, link)));
            for (Cid root : roots) {
                references.list(root);
            }
        }
    }

    private String text(String pattern, Cid from, Link link) throws IOException {
        return pattern.replace("<src>", session.text(from))
                .replace(TARGET, session.text(link.cid()))
                .replace("<linkname>", link.name());
    }
}
