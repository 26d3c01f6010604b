package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.Pem;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.keys.Keystore;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key export} and {@code key import}: keys as files, in the open. */
final class KeyFileCommand {
    private static final String LIBP2P = "libp2p-protobuf-cleartext";
    private static final String PKCS8 = "pem-pkcs8-cleartext";

    /** More than any key has. */
    private static final int MOST_BYTES = 1 << 20;

    private KeyFileCommand() {}

    /** {@code key export}: a key to a file. */
    @Command(
            description = {
                "Writes a key to a file that only its owner can read: <name>.key, or <name>.pem, in the current",
                "folder. A file that is there is replaced in one step; what is no file, pipe or device is refused.",
                "The key is not encrypted: whoever has the file can publish under its name."
            },
            footer = "s3ds key export site -o /media/safe/site.key")
    static final class Export implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--output", "-o"},
                paramLabel = "<file>",
                description = "The file.")
        private String output = "";

        @Option(
                names = {"--format", "-f"},
                paramLabel = "<format>",
                description = LIBP2P + " or " + PKCS8 + ".")
        private String format = LIBP2P;

        @Parameters(
                paramLabel = "<name>",
                arity = "0..1",
                description = "The key; from standard input when it is not given.")
        private List<String> names = List.of();

        Export(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            String name = session.orStandardInput(names, "name").getFirst();
            PrivateKey key = Keystore.toRead(session.repo(), session.config()).export(name);
            byte[] bytes = switch (format) {
                case LIBP2P -> key.encode();
                case PKCS8 -> Pem.of(Pem.PRIVATE_KEY, key.toPkcs8()).text().getBytes(StandardCharsets.US_ASCII);
                default -> throw new IOException("unrecognized export format: " + format);
            };
            new SecretFile(session.terminal().resolve(output.isEmpty() ? usual(name) : output)).write(bytes);
        }

        /** Old keys may have a slash in their names: what is behind the last one counts. */
        private String usual(String name) {
            String file = name + (format.equals(PKCS8) ? ".pem" : ".key");
            return Path.of(file.substring(file.lastIndexOf('/') + 1)).toString();
        }
    }

    /** {@code key import}: a key from a file. */
    @Command(
            description = {
                "Keeps a key that key export, or openssl with -f " + PKCS8 + ", has written under a new name, and",
                "prints its id."
            },
            footer = {
                "s3ds key import site site.key",
                "openssl genpkey -algorithm ED25519 | s3ds key import -f " + PKCS8 + " site -"
            })
    static final class Import implements Operation.OfFiles {
        private final Session session;

        @Option(
                names = {"--format", "-f"},
                paramLabel = "<format>",
                description = LIBP2P + " or " + PKCS8 + ".")
        private String format = LIBP2P;

        @Option(names = "--allow-any-key-type", description = "Take keys of kinds that key gen does not make: ecdsa.")
        private boolean anyType;

        @Mixin
        private KeyText text = new KeyText();

        @Parameters(index = "0", paramLabel = "<name>", description = "What to call it.")
        private String name = "";

        @FromFiles
        @Parameters(index = "1", paramLabel = "<key>", arity = "0..1", description = "The file; - for standard input.")
        private List<String> files = List.of();

        Import(Session session) {
            this.session = session;
        }

        @Override
        public InputNode.Children files(TerminalSession local) throws IOException {
            return InputFiles.required(local, files, "key");
        }

        @Override
        public void perform(InputNode.Children inputs, Reply reply) throws IOException {
            Keystore keys = session.node().keys();
            keys.requireNew(name, "import");
            byte[] bytes = new InputContents(inputs).only(MOST_BYTES);
            PrivateKey key = switch (format) {
                case LIBP2P -> libp2p(bytes);
                case PKCS8 -> pkcs8(bytes);
                default -> throw new IOException("unrecognized import format: " + format);
            };
            Arrays.fill(bytes, (byte) 0);
            refuseUnusual(key.type());
            Map<String, Object> fields = text.fields(name, key.peerId());
            keys.add(name, key);
            reply.only(fields);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> String.valueOf(fields.get("Id")));
        }

        private static PrivateKey libp2p(byte[] bytes) throws IOException {
            try {
                return PrivateKey.decode(bytes);
            } catch (FormatException e) {
                throw new IOException(
                        Pem.find(bytes).isPresent()
                                ? "unexpected PEM block for format=%s: try again with format=%s"
                                        .formatted(LIBP2P, PKCS8)
                                : "unable to unmarshall format=%s: %s".formatted(LIBP2P, e.getMessage()),
                        e);
            }
        }

        /** Kubo shows the input where it finds no block, be it a key. */
        private static PrivateKey pkcs8(byte[] bytes) throws IOException {
            Optional<Pem> pem = Pem.find(bytes);
            if (pem.isEmpty()) {
                throw new IOException("PEM block not found in input data");
            }
            if (!pem.get().label().equals(Pem.PRIVATE_KEY)) {
                throw new IOException("expected PRIVATE KEY type in PEM block but got: "
                        + pem.get().label());
            }
            try {
                return PrivateKey.ofPkcs8(pem.get().bytes());
            } catch (FormatException e) {
                throw new IOException("parsing PKCS8 format: " + e.getMessage(), e);
            }
        }

        private void refuseUnusual(KeyType type) throws IOException {
            if (type == KeyType.ECDSA && !anyType) {
                throw new IOException(
                        "key type ecdsa is not allowed to be imported, only RSA, Ed25519, or Secp256k1; use flag"
                                + " --allow-any-key-type if you are sure of what you're doing");
            }
        }
    }
}
