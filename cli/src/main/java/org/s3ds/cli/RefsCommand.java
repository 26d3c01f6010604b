package org.s3ds.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.blocks.BlockKeys;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.repo.Json;
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
    private String maxDepth = "-1";

    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    RefsCommand(Session session) {
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
        try (Lines out = new Lines(session)) {
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

    /** {@code refs local}: every block there is. */
    @Command(
            description = "Prints every block of the store, as a CIDv1 of codec raw: a store knows hashes alone.",
            footer = "s3ds refs local | wc -l")
    static final class Local implements Action {
        private final Session session;

        Local(Session session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            try (BlockKeys keys = session.node().blocks().multihashes();
                    Lines out = new Lines(session)) {
                for (Optional<ListedBlock> block = keys.next(); block.isPresent(); block = keys.next()) {
                    out.print(session.text(Cid.v1(Multicodec.RAW, block.get().hash())));
                }
            }
        }
    }

    /** Many short lines; unlike a print stream it fails when nobody reads them any more. */
    private static final class Lines implements AutoCloseable {
        private final Writer out;
        private final boolean json;

        Lines(Session session) throws IOException {
            this.out =
                    new BufferedWriter(new OutputStreamWriter(session.terminal().bytes(), StandardCharsets.UTF_8));
            this.json = session.json();
        }

        void print(String reference) throws IOException {
            out.write(json ? Json.compact(fields(reference)) : reference);
            out.write('\n');
        }

        private static Map<String, Object> fields(String reference) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Ref", reference);
            fields.put("Err", "");
            return fields;
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
