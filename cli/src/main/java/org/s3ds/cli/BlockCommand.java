package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.BlockLimit;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.pins.Pinner;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code block}: blocks as they are, without what they mean. */
final class BlockCommand {
    private BlockCommand() {}

    private static Map<String, Object> fields(String cid, long size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Key", cid);
        fields.put("Size", size);
        return fields;
    }

    /**
     * Stores a block, durably.
     *
     * @param pin whether garbage collection is to keep it, and what is below it
     */
    static void store(Node node, Block block, boolean pin) throws IOException {
        try (Scope scope = node.blocks().protect()) {
            scope.blocks().put(block);
            node.blocks().sync();
            if (pin) {
                new Pinner(scope.blocks(), node.pins()).pinStored(block.cid());
            }
        }
    }

    /** {@code block put}: each input becomes one block. */
    @Command(
            description = {
                "Stores each input as one block, and prints its CID. Nothing checks that the bytes",
                "are what the codec says. Without arguments it reads standard input."
            },
            footer = "echo hello | s3ds block put")
    static final class Put implements Operation.OfFiles {
        private final Session session;

        @Option(names = "--cid-codec", paramLabel = "<codec>", description = "The multicodec of the CIDs.")
        private String codec = "raw";

        @Option(
                names = "--mhtype",
                paramLabel = "<hash>",
                description = "The hash function. Default: Import.HashFunction of the config, else sha2-256.")
        private String hash = "";

        @Option(names = "--mhlen", paramLabel = "<bytes>", description = "Bytes of the hash; -1 for all of it.")
        private int hashLength = -1;

        @Option(
                names = {"--format", "-f"},
                paramLabel = "<format>",
                description = "Old: v0 for a CIDv0, else as --cid-codec.")
        private String format = "";

        @Option(names = "--pin", description = "Pin each block, so that garbage collection keeps it.")
        private boolean pin;

        @Option(names = "--allow-big-block", description = "Store blocks over 2 MiB, which other nodes will not fetch.")
        private boolean allowBig;

        @FromFiles
        @Parameters(paramLabel = "<data>...", arity = "0..*", description = "Files; - for standard input.")
        private List<String> files = List.of();

        Put(Session session) {
            this.session = session;
        }

        @Override
        public InputNode.Children files(TerminalSession local) throws IOException {
            return new InputFiles(local, files, "data");
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            NewBlocks naming = NewBlocks.of(codec, format, hash.isEmpty() ? session.usualHash() : hash, hashLength);
            InputContents contents = new InputContents(inputs);
            for (Optional<InputStream> next = contents.next(); next.isPresent(); next = contents.next()) {
                Block block = naming.block(read(next.get()));
                store(session.node(), block, pin);
                reply.value(fields(session.text(block.cid()), block.size()));
            }
        }

        /** Not a byte more than is needed to see that a block is too large. */
        private byte[] read(InputStream content) throws IOException {
            try (content) {
                byte[] data = content.readNBytes(allowBig ? Integer.MAX_VALUE : BlockLimit.LARGEST + 1);
                if (!allowBig) {
                    BlockLimit.check(data.length);
                }
                return data;
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> String.valueOf(fields.get("Key")));
        }
    }

    /** What acts on one block that is there. */
    abstract static class OfOneBlock implements Operation.OfNode {
        final Session session;

        @OrInput
        @Parameters(
                paramLabel = "<cid>",
                index = "0",
                arity = "0..1",
                description = "The block's CID, or a path that leads to it.")
        private String path = "";

        OfOneBlock(Session session) {
            this.session = session;
        }

        @Override
        public final void perform(Reply reply) throws IOException {
            perform(session.resolve(path), reply);
        }

        abstract void perform(Cid cid, Reply reply) throws IOException;
    }

    /** {@code block get}: the bytes of a block. */
    @Command(description = "Writes the bytes of a block to standard output.", footer = "s3ds block get CID > block.bin")
    static final class Get extends OfOneBlock {
        Get(Session session) {
            super(session);
        }

        @Override
        void perform(Cid cid, Reply reply) throws IOException {
            byte[] data = session.node().blocks().get(cid).data();
            reply.bytes("application/vnd.ipld.raw", OptionalLong.empty()).write(data);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.plain(terminal);
        }
    }

    /** {@code block stat}: how large a block is. */
    @Command(description = "Prints a block's CID and size, without reading the block.", footer = "s3ds block stat CID")
    static final class Stat extends OfOneBlock {
        Stat(Session session) {
            super(session);
        }

        @Override
        void perform(Cid cid, Reply reply) throws IOException {
            OptionalLong size = session.node().blocks().size(cid);
            if (size.isEmpty()) {
                throw new MissingBlockException(cid);
            }
            reply.only(fields(session.text(cid), size.getAsLong()));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(
                    terminal, fields -> "Key: %s\nSize: %s".formatted(fields.get("Key"), fields.get("Size")));
        }
    }
}
