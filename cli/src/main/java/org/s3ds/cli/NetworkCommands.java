package org.s3ds.cli;

/** The commands about a network: what there is of them in Kubo, as far as its clients ask for them. */
final class NetworkCommands {
    private static final String NOTHING = "About a network, which s3ds has not.";

    static final Command BITSWAP = Command.group(
            "bitswap",
            NOTHING,
            Command.shared("ledger", NOTHING, _ -> NetworkCommand.ofNode("peer")),
            Command.shared("reprovide", NOTHING, _ -> NetworkCommand.ofNode()),
            Command.shared("stat", NOTHING, _ -> NetworkCommand.ofClient()),
            Command.shared("wantlist", NOTHING, _ -> NetworkCommand.ofNode()));

    static final Command PING = Command.shared("ping", NOTHING, _ -> NetworkCommand.ofNode("peer ID"));

    static final Command PROVIDE =
            Command.group("provide", NOTHING, Command.shared("stat", NOTHING, _ -> NetworkCommand.ofNode()));

    static final Command ROUTING = Command.group(
            "routing",
            NOTHING,
            Command.shared("findpeer", NOTHING, _ -> NetworkCommand.ofNode("peerID")),
            Command.shared("findprovs", NOTHING, _ -> NetworkCommand.ofNode("key")),
            Command.shared("provide", NOTHING, _ -> NetworkCommand.ofNode("key")),
            Command.shared("reprovide", NOTHING, _ -> NetworkCommand.ofNode()));

    static final Command STATS = Command.group(
            "stats",
            "Figures about the node.",
            Command.shared("bitswap", NOTHING, _ -> NetworkCommand.ofClient()),
            Command.shared("bw", NOTHING, _ -> NetworkCommand.ofClient()),
            Command.shared("dht", NOTHING, _ -> NetworkCommand.ofNode()),
            Command.shared("provide", NOTHING, _ -> NetworkCommand.ofNode()),
            Command.shared("repo", "Print how much there is.", session -> new RepoStatCommand(session)),
            Command.shared("reprovide", NOTHING, _ -> NetworkCommand.ofNode()));

    static final Command SWARM = Command.group(
            "swarm",
            NOTHING,
            Command.shared(
                    "addrs",
                    NOTHING,
                    _ -> NetworkCommand.ofApi(),
                    Command.shared("autonat", NOTHING, _ -> NetworkCommand.ofNode()),
                    Command.shared("listen", NOTHING, _ -> NetworkCommand.ofApi()),
                    Command.shared("local", NOTHING, _ -> NetworkCommand.ofApi())),
            Command.shared("connect", NOTHING, _ -> NetworkCommand.connect()),
            Command.shared("disconnect", NOTHING, _ -> NetworkCommand.disconnect()),
            Command.shared(
                    "filters",
                    NOTHING,
                    _ -> NetworkCommand.ofNode(),
                    Command.shared("add", NOTHING, _ -> NetworkCommand.ofNode("address")),
                    Command.shared("rm", NOTHING, _ -> NetworkCommand.ofNode("address"))),
            Command.group(
                    "peering",
                    NOTHING,
                    Command.shared("add", NOTHING, _ -> NetworkCommand.ofNode("address")),
                    Command.shared("ls", NOTHING, _ -> NetworkCommand.ofNode()),
                    Command.shared("rm", NOTHING, _ -> NetworkCommand.ofNode("ID"))),
            Command.shared("peers", NOTHING, _ -> NetworkCommand.ofApi()),
            Command.shared(
                    "resources",
                    NOTHING,
                    _ -> NetworkCommand.failing(
                            "",
                            "missing ResourceMgr: make sure the daemon is running with Swarm.ResourceMgr.Enabled")));

    private NetworkCommands() {}
}
