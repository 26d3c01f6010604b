package org.s3ds.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.keys.KeyException;
import org.s3ds.node.keys.Keystore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: the keys of this node, which sign names. */
final class KeyCommand {
    private KeyCommand() {}

    /** A key's name and id. */
    private record Named(String name, PeerId id) {}

    /** Prints names, or ids and names in columns; in JSON all of them in one object. */
    private static void print(TerminalSession session, List<Named> keys, KeyText text, boolean ids) throws IOException {
        List<Map<String, Object>> fields = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        AlignedTable table = new AlignedTable(1);
        for (Named key : keys) {
            String name = PrintableName.of(key.name);
            fields.add(text.fields(key.name, key.id));
            rows.add(ids ? List.of(text.of(key.id), name, "") : List.of(name));
            table.measure(rows.getLast());
        }
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(table.line(row)));
        session.print(lines.substring(0, Math.max(0, lines.length() - 1)), Map.of("Keys", fields));
    }

    /** {@code key gen}: a fresh key. */
    @Command(
            description = {
                "Makes a key, keeps it under a name, and prints its id, which names are published as.",
                "A name has no slash, and at most 156 bytes."
            },
            footer = "s3ds key gen site")
    static final class Gen implements Action {
        private static final int FIXED_BITS = 256;

        private final TerminalSession session;

        @Option(
                names = {"--type", "-t"},
                paramLabel = "<type>",
                description = "rsa, ed25519 or secp256k1.")
        private String type = "ed25519";

        @Option(
                names = {"--size", "-s"},
                paramLabel = "<bits>",
                description = "Of an rsa key, 2048 to 8192. Default: 2048.")
        private int size = -1;

        @Mixin
        private KeyText text = new KeyText();

        @Parameters(index = "0", paramLabel = "<name>", description = "What to call it.")
        private String name = "";

        Gen(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Keystore keys = session.node().keys();
            keys.requireNew(name, "create");
            PrivateKey key = PrivateKey.generate(type(), size < 0 ? PrivateKey.RSA_BITS : size, new SecureRandom());
            String id = text.of(key.peerId());
            keys.add(name, key);
            session.print(id, text.fields(name, key.peerId()));
        }

        private KeyType type() throws IOException {
            Optional<KeyType> known = KeyType.byName(type).filter(each -> each != KeyType.ECDSA);
            if (known.isEmpty()) {
                throw new IOException("unrecognized key type: " + type);
            }
            if (known.get() != KeyType.RSA && size >= 0 && size != FIXED_BITS) {
                throw new IOException("invalid key size %d: %s keys are always 256 bits".formatted(size, type));
            }
            return known.get();
        }
    }

    /** {@code key ls}, {@code key list}: all keys. */
    @Command(description = "Prints the names of all keys, the node's own, self, first.", footer = "s3ds key ls -l")
    static final class ListAll implements Action {
        private final TerminalSession session;

        @Option(names = "-l", description = "Also their ids.")
        private boolean ids;

        @Mixin
        private KeyText text = new KeyText();

        ListAll(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Keystore keys = session.node().keys();
            List<Named> found =
                    new ArrayList<>(List.of(new Named(Keystore.SELF, keys.self().peerId())));
            for (String name : keys.names()) {
                try {
                    found.add(new Named(name, keys.get(name).peerId()));
                } catch (KeyException e) {
                    session.warn(String.valueOf(e.getMessage())); // and the others are shown
                }
            }
            print(session, found, text, ids);
        }
    }

    /** {@code key rename}: another name for a key. */
    @Command(description = "Gives a key another name. Its id stays.", footer = "s3ds key rename site home")
    static final class Rename implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--force", "-f"},
                description = "Do it even if a key has that name, which is lost for good.")
        private boolean force;

        @Mixin
        private KeyText text = new KeyText();

        @Parameters(index = "0", paramLabel = "<name>", description = "The key.")
        private String from = "";

        @Parameters(index = "1", paramLabel = "<newName>", description = "Its new name.")
        private String to = "";

        Rename(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Keystore.Renamed renamed = session.node().keys().rename(from, to, force);
            String id = text.of(renamed.key().peerId());
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Was", from);
            fields.put("Now", to);
            fields.put("Id", id);
            fields.put("Overwrite", renamed.replaced());
            String tail = renamed.replaced() ? " with overwriting" : "";
            session.print("Key %s renamed to %s%s".formatted(id, PrintableName.of(to), tail), fields);
        }
    }

    /** {@code key rm}: keys that are lost. */
    @Command(
            description = {
                "Removes keys for good: nothing can be published under their names any more, unless they",
                "were exported. When one of them is not there, none is removed."
            },
            footer = "s3ds key rm site")
    static final class Remove implements Action {
        private final TerminalSession session;

        @Option(names = "-l", description = "Also print their ids.")
        private boolean ids;

        @Mixin
        private KeyText text = new KeyText();

        @Parameters(paramLabel = "<name>...", arity = "0..*", description = "The keys; else from standard input.")
        private List<String> names = List.of();

        Remove(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Keystore keys = session.node().keys();
            List<Named> removed = new ArrayList<>();
            for (String name : new LinkedHashSet<>(session.orStandardInput(names, "name"))) {
                removed.add(new Named(name, keys.removable(name).peerId()));
            }
            for (Named key : removed) {
                keys.remove(key.name);
            }
            print(session, removed, text, ids);
        }
    }
}
