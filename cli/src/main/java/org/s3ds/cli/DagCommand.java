package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.DataCodec;
import org.s3ds.ipld.unixfs.PathResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dag}: what blocks say and where paths lead, whatever the codec. */
final class DagCommand {
    private DagCommand() {}

    /** {@code dag get}: what a block says, or a value in it. */
    @Command(
            description = {
                "Prints what a block says, or the value in it that a path leads to, in another codec: raw, dag-pb,",
                "dag-cbor, dag-json, cbor or json. Below /ipld, a dag-pb block is a map of Data and Links."
            },
            footer = "s3ds dag get bafyHash/author/name")
    static final class Get implements Action {
        private final TerminalSession session;

        @Option(names = "--output-codec", paramLabel = "<codec>", description = "The codec to print it in.")
        private String codec = "dag-json";

        @Parameters(
                paramLabel = "<ref>",
                index = "0",
                arity = "0..1",
                description = "A CID, or a path that begins with one.")
        private List<String> references = List.of();

        Get(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            DagCodecs.code(codec);
            String path = session.orStandardInput(references, "ref").getFirst();
            PathResolver.Target target = session.locate(path);
            Block block = session.node().blocks().get(target.cid());
            DataCodec output = DagCodecs.of(codec, "encoder");
            session.terminal().bytes().write(output.encode(PathResolver.value(block, target.remainder())));
        }
    }

    /** {@code dag resolve}: the last block on a way. */
    @Command(
            description = "Prints the CID of the block that a path leads to, and what of the path leads on within it.",
            footer = "s3ds dag resolve QmHash/photos")
    static final class Resolve implements Action {
        private final TerminalSession session;

        @Parameters(
                paramLabel = "<ref>",
                index = "0",
                arity = "0..1",
                description = "A CID, or a path that begins with one.")
        private List<String> references = List.of();

        Resolve(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            String path = session.orStandardInput(references, "ref").getFirst();
            PathResolver.Target target = session.locate(path);
            String remainder = target.remainder().isEmpty() ? "" : "/" + String.join("/", target.remainder());
            if (session.json()) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("Cid", Map.of("/", target.cid().toString()));
                fields.put("RemPath", remainder);
                session.print("", fields);
            } else {
                session.terminal().out().print(session.text(target.cid(), path) + remainder);
            }
        }
    }
}
