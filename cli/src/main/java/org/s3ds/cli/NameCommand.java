package org.s3ds.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.keys.Keystore;
import org.s3ds.node.names.Names;
import org.s3ds.node.names.Publication;
import org.s3ds.node.repo.GoDuration;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code name publish} and {@code name resolve}: names that change what they stand for. */
final class NameCommand {
    private static final Duration LIFETIME = Duration.ofDays(2);
    private static final Duration TTL = Duration.ofMinutes(5);

    private NameCommand() {}

    /** A name and what it stands for, as Kubo has it in JSON. */
    static Map<String, Object> fields(String name, String value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", name);
        fields.put("Value", value);
        return fields;
    }

    /** The options that say whether what is not told to the network is enough. */
    static final class Reach {
        @Option(names = "--allow-offline", description = "Store it here, and tell nobody. Needed: there is no network.")
        private boolean offline;

        @Option(names = "--allow-delegated", hidden = true)
        private boolean delegated;

        /**
         * Refuses what Kubo would refuse without a network, as scripts may count on it.
         *
         * @param what cannot be done, such as {@code publish}
         * @param instead what {@code --allow-offline} does
         */
        void require(String what, String instead) throws IOException {
            if (offline && delegated) {
                throw new IOException("cannot use both --allow-offline and --allow-delegated flags");
            }
            if (delegated) {
                throw new IOException("no delegated publishers configured: add Ipns.DelegatedPublishers or use"
                        + " --allow-offline for local-only publishing");
            }
            if (!offline) {
                throw new IOException(("can't %s while offline: pass `--allow-offline` to %s or `--allow-delegated` if"
                                + " Ipns.DelegatedPublishers are set up")
                        .formatted(what, instead));
            }
        }
    }

    /** {@code name publish}: gives a name something to stand for. */
    @Command(
            description = {
                "Lets the name of a key stand for a path, in a record that is signed and kept here. Whoever is to",
                "see it needs the record (name get), or a Kubo on this repo, which publishes it."
            },
            footer = "s3ds name publish --allow-offline --key=site /ipfs/QmHash")
    static final class Publish implements Operation.OfNode {
        private final Session session;

        @Option(
                names = {"--key", "-k"},
                paramLabel = "<key>",
                description = "The key, by its name or id.")
        private String key = Keystore.SELF;

        @Option(
                names = "--resolve",
                fallbackValue = "true",
                arity = "0..1",
                paramLabel = "<true|false>",
                description = "Make sure first that the path leads to something that is here. Default: true.")
        private boolean resolve = true;

        @Option(
                names = {"--lifetime", "-t"},
                paramLabel = "<duration>",
                description = "For how long the record is good, such as 36h. Default: 48h.")
        private String lifetime = "";

        @Option(
                names = "--ttl",
                paramLabel = "<duration>",
                description = "For how long others may keep it before they ask again. Default: 5m.")
        private String ttl = "";

        @Option(
                names = {"--quieter", "-Q"},
                description = "Print the name alone.")
        private boolean quieter;

        @Option(
                names = "--v1compat",
                fallbackValue = "true",
                arity = "0..1",
                paramLabel = "<true|false>",
                description = "Let old programs read it, too. Default: true.")
        private boolean version1 = true;

        @Option(
                names = "--sequence",
                paramLabel = "<number>",
                description = "The number of the record, above that of the last. Default: one more when the path is"
                        + " another.")
        private @Nullable UnsignedLong sequence;

        @Mixin
        private Reach reach = new Reach();

        // Kubo takes it as well, and prints names in base36 whatever it says
        @Mixin
        @SuppressWarnings("UnusedVariable")
        private KeyText text = new KeyText();

        @OrInput
        @Parameters(
                paramLabel = "<ipfs-path>",
                arity = "0..1",
                description = "What the name is to stand for; from standard input when it is not given.")
        private String given = "";

        Publish(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            Duration good = lifetime();
            Duration kept = ttl(good);
            Optional<Long> number = Optional.ofNullable(sequence).map(UnsignedLong::value);
            String value = value();
            if (resolve) {
                session.node().blocks().getStored(session.resolve(given));
            }
            reach.require("publish", "override");
            PrivateKey signing = session.node().keys().lookUp(key);
            session.node().names().publish(signing, new Publication(value, good, kept, number, version1));
            reply.only(fields(signing.peerId().name(), value));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> {
                String name = String.valueOf(fields.get("Name"));
                String value = PrintableName.of(String.valueOf(fields.get("Value")));
                return quieter ? name : "Published to %s: %s".formatted(name, value);
            });
        }

        /** A name of a key of ours means nothing to others: they get its id. */
        private String value() throws IOException {
            IpfsPath path = IpfsPath.parse(given);
            if (!path.isName()) {
                return path + (given.endsWith("/") ? "/" : "");
            }
            PeerId id = session.node().names().id(path.root());
            boolean isId = !session.node().keys().names().contains(path.root())
                    && !path.root().equals(Keystore.SELF);
            return new IpfsPath(path.namespace(), isId ? path.root() : id.name(), path.segments()).toString();
        }

        private Duration lifetime() throws IOException {
            if (lifetime.isEmpty()) {
                return LIFETIME;
            }
            Duration good = GoDuration.parse(lifetime)
                    .orElseThrow(() -> new IOException(
                            "error parsing lifetime option: time: invalid duration \"%s\"".formatted(lifetime)));
            if (!good.isPositive()) {
                throw new IOException("lifetime must be greater than zero, got " + lifetime);
            }
            return good;
        }

        private Duration ttl(Duration most) throws IOException {
            if (ttl.isEmpty()) {
                return most.compareTo(TTL) < 0 ? most : TTL;
            }
            Duration kept = duration(ttl);
            if (kept.isNegative()) {
                throw new IOException("ttl must not be negative, got " + ttl);
            }
            if (kept.compareTo(most) > 0) {
                throw new IOException("ttl (%s) must not be greater than lifetime (%s)"
                        .formatted(GoDuration.format(kept), GoDuration.format(most)));
            }
            return kept;
        }
    }

    private static Duration duration(String text) throws IOException {
        return GoDuration.parse(text)
                .orElseThrow(() -> new IOException("time: invalid duration \"%s\"".formatted(text)));
    }

    /** The options that say how the network is asked, which it never is; they are read all the same. */
    static final class Asking {
        @Option(
                names = {"--dht-record-count", "--dhtrc"},
                hidden = true)
        @SuppressWarnings("UnusedVariable") // read to find out whether it is a number
        private @Nullable Unsigned records;

        @Option(
                names = {"--dht-timeout", "--dhtt"},
                hidden = true)
        private String timeout = "";

        void check() throws IOException {
            if (!timeout.isEmpty() && duration(timeout).isNegative()) {
                throw new IOException("DHT timeout value must be >= 0");
            }
        }
    }

    /** {@code name resolve}: what a name stands for. */
    @Command(
            description = {
                "Prints what a name stands for, by the records that are here. A name is an id, or what one of our",
                "keys is called."
            },
            footer = "s3ds name resolve site")
    static final class Resolve implements Operation.OfNode {
        private final Session session;

        @Option(
                names = {"--recursive", "-r"},
                fallbackValue = "true",
                arity = "0..1",
                paramLabel = "<true|false>",
                description = "Go on while it stands for another name. Default: true.")
        private boolean recursive = true;

        @Option(
                names = {"--nocache", "-n"},
                description = "Always so: nothing is cached.")
        @SuppressWarnings("UnusedVariable") // taken as Kubo takes it
        private boolean noCache;

        @Option(
                names = {"--stream", "-s"},
                description = "Print answers as they come. There is one.")
        private boolean stream;

        @Mixin
        private Asking asking = new Asking();

        @Parameters(paramLabel = "<name>", arity = "0..1", description = "The name. Default: that of this node.")
        private String name = Keystore.SELF;

        Resolve(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            asking.check();
            IpfsPath path = path();
            Names names = session.node().names();
            String value = recursive ? names.resolve(path.toString()) : names.step(path.toString());
            if (stream) {
                reply.value(Map.of("Path", value));
            } else {
                reply.only(Map.of("Path", value));
            }
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, fields -> String.valueOf(fields.get("Path")));
        }

        private IpfsPath path() throws IOException {
            boolean whole = name.startsWith("/") || name.matches("(?i)(ipns|ipfs|ipld):.*");
            IpfsPath path = IpfsPath.parse(whole ? name : "/ipns/" + name);
            if (!path.isName()) {
                throw new IOException("\"%s\" is not an IPNS name".formatted(name));
            }
            return path;
        }
    }
}
