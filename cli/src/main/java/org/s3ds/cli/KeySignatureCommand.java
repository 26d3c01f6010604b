package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.ipld.keys.PublicKey;
import org.s3ds.node.keys.Keystore;
import org.s3ds.node.repo.Json;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key sign} and {@code key verify}: that somebody has a key, shown without handing it out. */
final class KeySignatureCommand {
    /** Before all that is signed, so that no signature of a name or the like can be had this way. */
    private static final byte[] PREFIX = "libp2p-key signed message:".getBytes(StandardCharsets.US_ASCII);

    /** It stands in memory as a whole, twice. */
    private static final int MOST_BYTES = 1 << 30;

    /** So many clients at once do not take a daemon's memory. */
    private static final int MOST_BYTES_OF_CLIENT = 32 << 20;

    private KeySignatureCommand() {}

    /** What signs a message, or compares it with a signature. As with Kubo, it prints JSON alone. */
    abstract static class OfMessage implements Operation.OfFiles {
        final Session session;

        @Mixin
        KeyText text = new KeyText();

        @FromFiles
        @Parameters(
                paramLabel = "<data>",
                arity = "0..1",
                description = "The file with the message; from standard input when it is not given.")
        private List<String> files = List.of();

        OfMessage(Session session) {
            this.session = session;
        }

        @Override
        public final InputNode.Children files(TerminalSession local) throws IOException {
            return new InputFiles(local, files, "data");
        }

        final byte[] message(InputNode.Children inputs) throws IOException {
            int most = session.servedBy().isPresent() ? MOST_BYTES_OF_CLIENT : MOST_BYTES;
            byte[] data = new InputContents(inputs).only(most + 1);
            if (data.length > most) {
                throw new IOException("what is signed may have %d MiB at most".formatted(most >> 20));
            }
            byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + data.length);
            System.arraycopy(data, 0, message, PREFIX.length, data.length);
            return message;
        }

        static Map<String, Object> fields(Map<String, Object> key, String name, Object value) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Key", key);
            fields.put(name, value);
            return fields;
        }

        @Override
        public final Display display(Terminal terminal) {
            return Display.lines(terminal, Json::compact);
        }
    }

    /** {@code key sign}: a signature. */
    @Command(
            description = {
                "Signs bytes, to show that one has a key. What is signed begins with \"libp2p-key signed message:\".",
                "Prints the signature and the key's id in JSON."
            },
            footer = "s3ds key sign --key=site letter.txt")
    static final class Sign extends OfMessage {
        @Option(
                names = {"--key", "-k"},
                paramLabel = "<name>",
                description = "The key. Default: self.")
        private String key = Keystore.SELF;

        Sign(Session session) {
            super(session);
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            String name = key.isEmpty() ? Keystore.SELF : key;
            byte[] message = message(inputs);
            PrivateKey signing = session.node().keys().get(name);
            String signature = Multibase.BASE64URL.encode(signing.sign(message));
            reply.value(fields(text.fields(name, signing.peerId()), "Signature", signature));
        }
    }

    /** {@code key verify}: whether a signature is good. */
    @Command(
            description = {
                "Says whether key sign has made a signature of these bytes, with a key of this repo or that of a",
                "peer. Prints it in JSON; the exit code is 0 either way."
            },
            footer = "s3ds key verify --key=site --signature=uDk… letter.txt")
    static final class Verify extends OfMessage {
        @Option(
                names = {"--key", "-k"},
                paramLabel = "<key>",
                description = "The name of a key, or the id of any. Default: self.")
        private String key = Keystore.SELF;

        @Option(
                names = {"--signature", "-s"},
                paramLabel = "<signature>",
                description = "The signature, in any multibase.")
        private String signature = "";

        Verify(Session session) {
            super(session);
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            byte[] given = Multibase.decode(signature);
            byte[] message = message(inputs);
            String name = key.isEmpty() ? Keystore.SELF : key;
            Optional<PrivateKey> ours = session.node().keys().find(name);
            PublicKey verifying = ours.isPresent() ? ours.get().publicKey() : theirs(name);
            reply.value(fields(
                    text.fields(ours.isPresent() ? name : "", verifying.peerId()),
                    "SignatureValid",
                    verifying.verify(message, given)));
        }

        private static PublicKey theirs(String id) throws IOException {
            PeerId peer;
            try {
                peer = PeerId.parse(id.replaceFirst("^/ipns/", ""));
            } catch (FormatException e) {
                throw new IOException("'\"%s\"' is not a known key, an IPNS Name, or a valid PeerID".formatted(id), e);
            }
            return peer.publicKey().orElseThrow(() -> new IOException("public key is not embedded in peer ID"));
        }
    }
}
