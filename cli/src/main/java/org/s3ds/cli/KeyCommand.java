package org.s3ds.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.keys.KeyException;
import org.s3ds.node.keys.Keystore;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: the keys of this node, which sign names. */
final class KeyCommand {
    private KeyCommand() {}

    /** A key's name and id. */
    private record Named(String name, PeerId id) {}

    /** The only value that commands about several keys give. */
    private static Map<String, Object> fields(List<Named> keys, KeyText text) throws IOException {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Named key : keys) {
            fields.add(text.fields(key.name, key.id));
        }
        return Map.of("Keys", fields);
    }

    /** Shows it: names, or ids and names in columns. */
    private static Display table(Terminal terminal, boolean ids) {
        return Display.texts(terminal, fields -> {
            AlignedTable table = new AlignedTable(1);
            List<List<String>> rows = rows(fields.get("Keys"), ids);
            rows.forEach(table::measure);
            return String.join("", rows.stream().map(table::line).toList());
        });
    }

    private static List<List<String>> rows(@Nullable Object keys, boolean ids) {
        List<List<String>> rows = new ArrayList<>();
        for (Object each : keys instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> key) {
                String name = PrintableName.of(String.valueOf(key.get("Name")));
                rows.add(ids ? List.of(String.valueOf(key.get("Id")), name, "") : List.of(name));
            }
        }
        return rows;
    }

    /** {@code key gen}: a fresh key. */
    @Command(
            description = {
                "Makes a key, keeps it under a name, and prints its id, which names are published as.",
                "A name has no slash, and at most 156 bytes."
            },
            footer = "s3ds key gen site")
    static final class Gen implements Operation.OfNode {
        private static final int FIXED_BITS = 256;

        private final Session session;

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

        Gen(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Keystore keys = session.node().keys();
            keys.requireNew(name, "create");
            PrivateKey key = PrivateKey.generate(type(), size < 0 ? PrivateKey.RSA_BITS : size, new SecureRandom());
            Map<String, Object> fields = text.fields(name, key.peerId());
            keys.add(name, key);
            reply.only(fields);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> String.valueOf(fields.get("Id")));
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
    static final class ListAll implements Operation.OfNode {
        private final Session session;

        @Option(names = "-l", description = "Also their ids.")
        private boolean ids;

        @Mixin
        private KeyText text = new KeyText();

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
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
            try {
                reply.only(fields(found, text));
            } catch (UsageException e) {
                throw new IOException("cannot get key encoder: " + e.getMessage(), e);
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return table(terminal, ids);
        }
    }

    /** {@code key rename}: another name for a key. */
    @Command(description = "Gives a key another name. Its id stays.", footer = "s3ds key rename site home")
    static final class Rename implements Operation.OfNode {
        private final Session session;

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

        Rename(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Keystore.Renamed renamed = session.node().keys().rename(from, to, force);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Was", from);
            fields.put("Now", to);
            fields.put("Id", text.of(renamed.key().peerId()));
            fields.put("Overwrite", renamed.replaced());
            reply.only(fields);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> {
                String tail = Boolean.TRUE.equals(fields.get("Overwrite")) ? " with overwriting" : "";
                String name = PrintableName.of(String.valueOf(fields.get("Now")));
                return "Key %s renamed to %s%s".formatted(fields.get("Id"), name, tail);
            });
        }
    }

    /** {@code key rm}: keys that are lost. */
    @Command(
            description = {
                "Removes keys for good: nothing can be published under their names any more, unless they",
                "were exported. When one of them is not there, none is removed."
            },
            footer = "s3ds key rm site")
    static final class Remove implements Operation.OfNode {
        private final Session session;

        @Option(names = "-l", description = "Also print their ids.")
        private boolean ids;

        @Mixin
        private KeyText text = new KeyText();

        @OrInput
        @Parameters(paramLabel = "<name>...", arity = "0..*", description = "The keys; else from standard input.")
        private List<String> names = List.of();

        Remove(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Keystore keys = session.node().keys();
            List<Named> removed = new ArrayList<>();
            for (String name : new LinkedHashSet<>(names)) {
                removed.add(new Named(name, keys.removable(name).peerId()));
            }
            Map<String, Object> fields = fields(removed, text);
            for (Named key : removed) {
                keys.remove(key.name);
            }
            reply.only(fields);
        }

        @Override
        public Display display(Terminal terminal) {
            return table(terminal, ids);
        }
    }
}
