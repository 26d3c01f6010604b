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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key sign} and {@code key verify}: that somebody has a key, shown without handing it out. */
final class KeySignatureCommand {
    /** Before all that is signed, so that no signature of a name or the like can be had this way. */
    private static final byte[] PREFIX = "libp2p-key signed message:".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_BYTES = Integer.MAX_VALUE - 1024;

    private KeySignatureCommand() {}

    private static byte[] message(TerminalSession session, List<String> files) throws IOException {
        byte[] data = new InputFiles(session, files, "data").read(MOST_BYTES);
        byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + data.length);
        System.arraycopy(data, 0, message, PREFIX.length, data.length);
        return message;
    }

    private static void print(TerminalSession session, Map<String, Object> key, String name, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Key", key);
        fields.put(name, value);
        session.terminal().out().println(Json.compact(fields)); // there is no other form
    }

    /** {@code key sign}: a signature. */
    @Command(
            description = {
                "Signs bytes, to show that one has a key. What is signed begins with \"libp2p-key signed message:\".",
                "Prints the signature and the key's id in JSON."
            },
            footer = "s3ds key sign --key=site letter.txt")
    static final class Sign implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--key", "-k"},
                paramLabel = "<name>",
                description = "The key. Default: self.")
        private String key = Keystore.SELF;

        @Mixin
        private KeyText text = new KeyText();

        @Parameters(
                paramLabel = "<data>",
                arity = "0..1",
                description = "The file to sign; from standard input when it is not given.")
        private List<String> files = List.of();

        Sign(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            String name = key.isEmpty() ? Keystore.SELF : key;
            byte[] message = message(session, files);
            PrivateKey signing = session.node().keys().get(name);
            String signature = Multibase.BASE64URL.encode(signing.sign(message));
            print(session, text.fields(name, signing.peerId()), "Signature", signature);
        }
    }

    /** {@code key verify}: whether a signature is good. */
    @Command(
            description = {
                "Says whether key sign has made a signature of these bytes, with a key of this repo or that of a",
                "peer. Prints it in JSON; the exit code is 0 either way."
            },
            footer = "s3ds key verify --key=site --signature=uDk… letter.txt")
    static final class Verify implements Action {
        private final TerminalSession session;

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

        @Mixin
        private KeyText text = new KeyText();

        @Parameters(
                paramLabel = "<data>",
                arity = "0..1",
                description = "The file that was signed; from standard input when it is not given.")
        private List<String> files = List.of();

        Verify(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            byte[] given = Multibase.decode(signature);
            byte[] message = message(session, files);
            String name = key.isEmpty() ? Keystore.SELF : key;
            Optional<PrivateKey> ours = session.node().keys().find(name);
            PublicKey verifying = ours.isPresent() ? ours.get().publicKey() : theirs(name);
            print(
                    session,
                    text.fields(ours.isPresent() ? name : "", verifying.peerId()),
                    "SignatureValid",
                    verifying.verify(message, given));
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
