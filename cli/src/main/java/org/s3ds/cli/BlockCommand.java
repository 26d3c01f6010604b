package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.BlockLimit;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.pins.Pinner;
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
    static final class Put implements Action {
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

        @Parameters(paramLabel = "<data>...", arity = "0..*", description = "Files; - for standard input.")
        private List<String> files = List.of();

        Put(Session session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            NewBlocks naming = NewBlocks.of(codec, format, hash.isEmpty() ? session.usualHash() : hash, hashLength);
            InputFiles inputs = new InputFiles(session, files, "data");
            for (String file : inputs.names()) {
                put(file, inputs, naming);
            }
        }

        private void put(String file, InputFiles inputs, NewBlocks naming) throws IOException {
            Block block = naming.block(read(file, inputs));
            store(session.node(), block, pin);
            String cid = session.text(block.cid());
            session.print(cid, fields(cid, block.size()));
        }

        /** Not a byte more than is needed to see that a block is too large. */
        private byte[] read(String file, InputFiles inputs) throws IOException {
            try (InputStream in = inputs.open(file)) {
                byte[] data = in.readNBytes(allowBig ? Integer.MAX_VALUE : BlockLimit.LARGEST + 1);
                if (!allowBig) {
                    BlockLimit.check(data.length);
                }
                return data;
            }
        }
    }

    /** What acts on one block that is there. */
    abstract static class OfOneBlock implements Action {
        final Session session;

        @Parameters(
                paramLabel = "<cid>",
                index = "0",
                arity = "0..1",
                description = "The block's CID, or a path that leads to it.")
        private List<String> paths = List.of();

        OfOneBlock(Session session) {
            this.session = session;
        }

        @Override
        public final void run() throws IOException {
            run(session.resolve(paths, "cid"));
        }

        abstract void run(Cid cid) throws IOException;
    }

    /** {@code block get}: the bytes of a block. */
    @Command(description = "Writes the bytes of a block to standard output.", footer = "s3ds block get CID > block.bin")
    static final class Get extends OfOneBlock {
        Get(Session session) {
            super(session);
        }

        @Override
        void run(Cid cid) throws IOException {
            session.terminal().bytes().write(session.node().blocks().get(cid).data());
        }
    }

    /** {@code block stat}: how large a block is. */
    @Command(description = "Prints a block's CID and size, without reading the block.", footer = "s3ds block stat CID")
    static final class Stat extends OfOneBlock {
        Stat(Session session) {
            super(session);
        }

        @Override
        void run(Cid cid) throws IOException {
            OptionalLong size = session.node().blocks().size(cid);
            if (size.isEmpty()) {
                throw new MissingBlockException(cid);
            }
            String text = session.text(cid);
            session.print("Key: %s\nSize: %d".formatted(text, size.getAsLong()), fields(text, size.getAsLong()));
        }
    }
}
