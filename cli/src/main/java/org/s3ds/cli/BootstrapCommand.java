package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.s3ds.node.repo.Config;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bootstrap}: the peers that Kubo would connect to first, which stand in the config. */
final class BootstrapCommand {
    private static final String KEY = "Bootstrap";

    /** Stands for the peers that Kubo knows by itself. */
    private static final String AUTO = "auto";

    private BootstrapCommand() {}

    private static List<String> peers(Config config) throws IOException {
        List<String> peers = new ArrayList<>();
        if (config.find(KEY).orElse(List.of()) instanceof List<?> list) {
            list.forEach(peer -> peers.add(String.valueOf(peer)));
            return peers;
        }
        throw new IOException(KEY + " in the config is no list");
    }

    private static void tell(Reply reply, List<String> peers) throws IOException {
        reply.only(Map.of("Peers", peers));
    }

    private static void check(List<String> peers) throws IOException {
        PeerAddress.parse(peers.stream().filter(peer -> !peer.equals(AUTO)).toList());
    }

    /** {@code bootstrap list}, and {@code bootstrap} alone. */
    @Command(
            description = "Prints the bootstrap peers in the config. s3ds connects to none.",
            footer = "s3ds bootstrap")
    static final class ListAll implements Operation.OfNode {
        private final Session session;

        @Option(names = "--expand-auto", hidden = true)
        boolean expand;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            tell(reply, peers(session.config()));
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(terminal, "Peers", "");
        }
    }

    /** {@code bootstrap add}. */
    @Command(
            description = "Adds bootstrap peers to the config. s3ds connects to none.",
            footer = "s3ds bootstrap add /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW...")
    static final class Add implements Operation.OfNode {
        private final Session session;

        @OrInput
        @Parameters(paramLabel = "<peer>...", arity = "0..*", description = "Addresses of peers, or auto.")
        private List<String> peers = List.of();

        Add(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            check(peers);
            if (peers.contains(AUTO)
                    && session.config()
                            .find("AutoConf.Enabled")
                            .filter(Boolean.FALSE::equals)
                            .isPresent()) {
                throw new IOException(
                        "cannot add default bootstrap peers: AutoConf is disabled (AutoConf.Enabled=false)."
                                + " Enable AutoConf by setting AutoConf.Enabled=true in your config, or add specific peer"
                                + " addresses instead");
            }
            session.changeConfig(config -> {
                List<String> all = peers(config);
                peers.stream().filter(peer -> !all.contains(peer)).forEach(all::add);
                return config.with(KEY, all);
            });
            tell(reply, peers);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(terminal, "Peers", "added ");
        }
    }

    /** {@code bootstrap rm}. */
    @Command(description = "Removes bootstrap peers from the config.", footer = "s3ds bootstrap rm --all")
    static final class Remove implements Operation.OfNode {
        private final Session session;
        private final boolean always;

        @Option(names = "--all", description = "Remove all of them.")
        private boolean all;

        @Parameters(paramLabel = "<peer>...", arity = "0..*", description = "Addresses of peers.")
        private List<String> peers = List.of();

        /**
         * Removes peers.
         *
         * @param always whether all of them go, whatever is given
         */
        Remove(Session session, boolean always) {
            this.session = session;
            this.always = always;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            check(peers);
            List<String> removed = new ArrayList<>();
            session.changeConfig(config -> {
                List<String> left = new ArrayList<>();
                for (String peer : peers(config)) {
                    (all || always || peers.contains(peer) ? removed : left).add(peer);
                }
                return config.with(KEY, left);
            });
            tell(reply, removed);
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.texts(terminal, "Peers", "removed ");
        }
    }
}
