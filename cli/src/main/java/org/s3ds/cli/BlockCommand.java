package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.node.Node;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.pins.Pinner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code block}: blocks as they are, without what they mean. */
final class BlockCommand {
    /** What peers and gateways exchange at most. */
    private static final int LARGEST = 2 << 20;

    private BlockCommand() {}

    private static Map<String, Object> fields(String cid, long size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Key", cid);
        fields.put("Size", size);
        return fields;
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
            NewBlocks naming = NewBlocks.of(codec, format, hash(), hashLength);
            for (String file : files) {
                checkFile(file);
            }
            if (files.isEmpty()) {
                session.announceStandardInput();
                put("-", naming);
            }
            // in the order of their names, as add does
            for (String file :
                    files.stream().sorted(Comparator.comparing(Put::name)).toList()) {
                put(file, naming);
            }
        }

        private String hash() throws IOException {
            if (!hash.isEmpty()) {
                return hash;
            }
            return session.config()
                    .find("Import.HashFunction")
                    .map(String::valueOf)
                    .orElse("sha2-256");
        }

        private static String name(String file) {
            return file.equals("-") ? "" : file.replaceFirst("/+$", "").replaceFirst("^.*/", "");
        }

        private void checkFile(String name) throws IOException {
            Path file = session.terminal().resolve(name);
            if (!name.equals("-") && Files.notExists(file)) {
                throw new UsageException("lstat " + name + ": no such file or directory");
            }
            if (Files.isDirectory(file)) {
                throw new UsageException(
                        "invalid path '%s', argument 'data' does not support directories".formatted(name));
            }
        }

        private void put(String file, NewBlocks naming) throws IOException {
            Block block = naming.block(read(file));
            Node node = session.node();
            try (Scope scope = node.blocks().protect()) {
                scope.blocks().put(block);
                node.blocks().sync();
                if (pin) {
                    new Pinner(scope.blocks(), node.pins()).pinStored(block.cid());
                }
            }
            String cid = session.text(block.cid());
            session.print(cid, fields(cid, block.size()));
        }

        private byte[] read(String name) throws IOException {
            if (name.equals("-")) {
                return read(session.terminal().in());
            }
            try (InputStream in = Files.newInputStream(session.terminal().resolve(name))) {
                return read(in);
            }
        }

        /** Not a byte more than is needed to see that a block is too large. */
        private byte[] read(InputStream in) throws IOException {
            byte[] data = in.readNBytes(allowBig ? Integer.MAX_VALUE : LARGEST + 1);
            if (data.length > LARGEST && !allowBig) {
                throw new IOException(
                        "produced block is over 2MiB: big blocks can't be exchanged with other peers. consider"
                                + " using UnixFS for automatic chunking of bigger files, or pass --allow-big-block to override");
            }
            return data;
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
