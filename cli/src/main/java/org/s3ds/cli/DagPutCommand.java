package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.DataCodec;
import org.s3ds.ipld.HashFunction;
import org.s3ds.node.blocks.BlockLimit;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dag put}: each input becomes one block. */
@Command(
        description = {
            "Reads each input in one codec, stores what it says as a block of another, and prints the block's CID.",
            "Codecs are raw, dag-pb, dag-cbor, dag-json, cbor and json. Without arguments it reads standard input."
        },
        footer = "echo '{\"name\":\"me\",\"photos\":{\"/\":\"QmHash\"}}' | s3ds dag put")
final class DagPutCommand implements Operation.OfFiles {
    /** Of an input, which may be longer than the block it becomes. */
    private static final int LARGEST_INPUT = 8 << 20;

    private final Session session;

    @Option(names = "--store-codec", paramLabel = "<codec>", description = "The codec of the blocks.")
    private String storeCodec = "dag-cbor";

    @Option(names = "--input-codec", paramLabel = "<codec>", description = "The codec of the inputs.")
    private String inputCodec = "dag-json";

    @Option(
            names = "--hash",
            paramLabel = "<hash>",
            description = "The hash function. Default: Import.HashFunction of the config, else sha2-256.")
    private String hash = "";

    @Option(names = "--pin", description = "Pin each block, so that garbage collection keeps it and what is below it.")
    private boolean pin;

    @Option(names = "--allow-big-block", description = "Store blocks over 2 MiB, which other nodes will not fetch.")
    private boolean allowBig;

    @FromFiles
    @Parameters(paramLabel = "<object data>...", arity = "0..*", description = "Files; - for standard input.")
    private List<String> files = List.of();

    DagPutCommand(Session session) {
        this.session = session;
    }

    @Override
    public InputNode.Children files(TerminalSession local) throws IOException {
        return new InputFiles(local, files, "object data");
    }

    @Override
    public void perform(InputNode.Children inputs, Reply reply) throws IOException {
        DagCodecs.code(inputCodec);
        DagCodecs.code(storeCodec);
        DataCodec input = DagCodecs.of(inputCodec, "decoder");
        DataCodec store = DagCodecs.of(storeCodec, "encoder");
        CidFormat naming = new CidFormat(1, store.code(), hashFunction(hash.isEmpty() ? session.usualHash() : hash));
        InputContents contents = new InputContents(inputs);
        for (Optional<InputStream> next = contents.next(); next.isPresent(); next = contents.next()) {
            Block block = Block.hash(naming, store.encode(input.decode(read(next.get()))));
            put(block);
            reply.value(Map.of("Cid", CidObject.of(block.cid())));
        }
    }

    private static HashFunction hashFunction(String name) throws IOException {
        return HashFunction.byName(name)
                .orElseThrow(() -> new IOException(
                        HashFunction.isWeak(name)
                                ? "potentially insecure hash functions not allowed"
                                : "unknown multicodec: \"%s\"".formatted(name)));
    }

    private byte[] read(InputStream content) throws IOException {
        try (content) {
            byte[] bytes = content.readNBytes(allowBig ? Integer.MAX_VALUE : LARGEST_INPUT + 1);
            if (bytes.length > LARGEST_INPUT && !allowBig) {
                throw new IOException(
                        "an input has more than 8 MiB, which no block is made of unless --allow-big-block is given");
            }
            return bytes;
        }
    }

    private void put(Block block) throws IOException {
        if (!allowBig) {
            BlockLimit.check(block.size());
        }
        BlockCommand.store(session.node(), block, pin);
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.lines(terminal, fields -> session.text(CidObject.cid(fields.get("Cid"))));
    }
}
