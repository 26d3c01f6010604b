package org.s3ds.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code name get}, {@code name put} and {@code name inspect}: records of names, as they are. */
final class NameRecordCommand {
    private static final int MOST_BYTES = 1 << 20;

    private NameRecordCommand() {}

    /** {@code name get}: the record of a name. */
    @Command(
            description = "Writes the newest record of a name that is here and good, in bytes.",
            footer = "s3ds name get k51... > site.ipns-record")
    static final class Get implements Operation.OfNode {
        private final Session session;

        @Parameters(index = "0", paramLabel = "<name>", description = "The name: an id, or what a key is called.")
        private String name = "";

        Get(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            PeerId id = session.node().names().id(name.replaceFirst("^/ipns/", ""));
            byte[] record = session.node().names().find(id).encode();
            reply.bytes("application/vnd.ipfs.ipns-record", OptionalLong.empty())
                    .write(record);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }

    /** {@code name put}: takes a record. */
    @Command(
            description = {
                "Takes a record that somebody has signed, after it was found good and newer than the one that is",
                "here, so that its name can be used in paths."
            },
            footer = "s3ds name put --allow-offline k51... site.ipns-record")
    static final class Put implements Operation.OfFiles {
        private final Session session;

        @Option(
                names = {"--force", "-f"},
                description = "Take a record of the same number, if it is good for longer.")
        private boolean force;

        @Option(
                names = {"--quiet", "-q"},
                description = "Print nothing.")
        private boolean quiet;

        @Mixin
        private NameCommand.Reach reach = new NameCommand.Reach();

        @Parameters(index = "0", paramLabel = "<name>", description = "The name it is of.")
        private String name = "";

        @FromFiles
        @Parameters(
                index = "1",
                paramLabel = "<record>",
                arity = "0..1",
                description = "The file; from standard input when it is not given.")
        private List<String> files = List.of();

        Put(Session session) {
            this.session = session;
        }

        @Override
        public InputNode.Children files(TerminalSession local) throws IOException {
            return new InputFiles(local, files, "record");
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            PeerId id;
            try {
                id = PeerId.parse(name.replaceFirst("^/ipns/", ""));
            } catch (FormatException e) {
                throw new IOException(
                        "invalid IPNS name: %s; give the peer ID that it is, such as k51...".formatted(e.getMessage()),
                        e);
            }
            byte[] bytes = new InputContents(inputs).only(MOST_BYTES);
            if (bytes.length == 0) {
                throw new IOException("record is empty");
            }
            reach.require("put", "store locally");
            IpnsRecord record = session.node().names().put(id, bytes, force);
            reply.only(NameCommand.fields(id.name(), record.value()));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(terminal, fields -> quiet ? "" : fields.get("Name") + "\n");
        }
    }

    /** {@code name inspect}: what a record says. */
    @Command(
            description = "Prints what a record says, and with --verify whether it is a good one of a name.",
            footer = "s3ds name get site | s3ds name inspect --verify=k51...")
    static final class Inspect implements Operation.OfFiles {
        @Option(names = "--verify", paramLabel = "<name>", description = "The name that it should be of.")
        private String verify = "";

        @Option(
                names = "--dump",
                fallbackValue = "true",
                arity = "0..1",
                paramLabel = "<true|false>",
                description = "Also its bytes in hexadecimal. Default: true.")
        private boolean dump = true;

        @FromFiles
        @Parameters(
                paramLabel = "<record>",
                arity = "0..1",
                description = "The file; from standard input when it is not given.")
        private List<String> files = List.of();

        @Override
        public InputNode.Children files(TerminalSession local) throws IOException {
            return new InputFiles(local, files, "record");
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            byte[] bytes = new InputContents(inputs).only(MOST_BYTES);
            RecordReport report = RecordReport.of(IpnsRecord.decode(bytes));
            if (!verify.isEmpty()) {
                report = report.verified(PeerId.parse(verify.replaceFirst("^/ipns/", "")), Instant.now());
            }
            reply.only((dump ? report.dumped() : report).fields());
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(terminal, fields -> new RecordText(fields).toString());
        }
    }
}
