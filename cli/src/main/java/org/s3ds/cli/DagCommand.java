package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.DataCodec;
import org.s3ds.ipld.unixfs.PathResolver;
import org.s3ds.rpc.Reply;
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
    static final class Get implements Operation.OfNode {
        private final Session session;

        @Option(names = "--output-codec", paramLabel = "<codec>", description = "The codec to print it in.")
        private String codec = "dag-json";

        @OrInput
        @Parameters(
                paramLabel = "<ref>",
                index = "0",
                arity = "0..1",
                description = "A CID, or a path that begins with one.")
        private String path = "";

        Get(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            DagCodecs.code(codec);
            PathResolver.Target target = session.locate(path);
            Block block = session.node().blocks().get(target.cid());
            DataCodec output = DagCodecs.of(codec, "encoder");
            byte[] said = output.encode(PathResolver.value(block, target.remainder()));
            reply.bytes("text/plain", OptionalLong.empty()).write(said);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }

    /** {@code dag resolve}: the last block on a way. */
    @Command(
            description = "Prints the CID of the block that a path leads to, and what of the path leads on within it.",
            footer = "s3ds dag resolve QmHash/photos")
    static final class Resolve implements Operation.OfNode {
        private final Session session;

        @OrInput
        @Parameters(
                paramLabel = "<ref>",
                index = "0",
                arity = "0..1",
                description = "A CID, or a path that begins with one.")
        private String path = "";

        Resolve(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            PathResolver.Target target = session.locate(path);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Cid", CidObject.of(target.cid()));
            fields.put("RemPath", target.remainder().isEmpty() ? "" : "/" + String.join("/", target.remainder()));
            reply.only(fields);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(
                    terminal, fields -> session.text(CidObject.cid(fields.get("Cid")), path) + fields.get("RemPath"));
        }
    }
}
