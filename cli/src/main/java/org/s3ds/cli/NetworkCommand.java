package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.s3ds.rpc.BadRequestException;
import org.s3ds.rpc.Reply;
import org.s3ds.rpc.RpcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command about a network: there is none, so it gives the answer of a daemon of Kubo that runs offline. */
@Command(description = "Has nothing to tell: s3ds has no network.", footer = "s3ds swarm peers")
final class NetworkCommand implements Operation.OfNode {
    private static final int BAD_REQUEST = 400;
    private static final int CLIENT_ERROR = 1;
    private static final String NO_NODE = "this command must be run in online mode. Try running 'ipfs daemon' first";
    private static final String NO_API = "this action must be run in online mode, try running 'ipfs daemon' first";

    private final String argument;
    private final Answer answer;

    @Option(
            names = {"--verbose", "-v"},
            hidden = true)
    boolean verbose;

    @Option(
            names = {
                "--human",
                "--streams",
                "--latency",
                "--direction",
                "--identify",
                "--poll",
                "--id",
                "--lan",
                "--all",
                "-a",
                "--compact",
                "--connectivity",
                "--network",
                "--schedule",
                "--timings",
                "--workers",
                "--operations",
                "--queues",
                "--recursive",
                "-r",
                "--allow-offline"
            },
            hidden = true)
    boolean flag;

    @Option(
            names = {"--count", "-n", "--num-providers"},
            hidden = true)
    int number;

    @Option(
            names = {"--peer", "-p", "--proto", "-t", "--interval", "-i"},
            hidden = true)
    String text = "";

    @Parameters(paramLabel = "<argument>...", arity = "0..*", description = "What is asked for.")
    private List<String> arguments = List.of();

    /** How Kubo says that it cannot. */
    @FunctionalInterface
    interface Answer {
        /** Answers, mostly by failing. */
        void give(List<String> arguments, Reply reply) throws IOException;
    }

    private NetworkCommand(String argument, Answer answer) {
        this.argument = argument;
        this.answer = answer;
    }

    /** One that needs a running node. */
    static NetworkCommand ofNode() {
        return ofNode("");
    }

    /** The same with an argument that must be given. */
    static NetworkCommand ofNode(String argument) {
        return failing(argument, NO_NODE);
    }

    /** One that the other part of Kubo answers, with a slightly different sentence. */
    static NetworkCommand ofApi() {
        return failing("", NO_API);
    }

    /** One that Kubo calls the client's fault. */
    static NetworkCommand ofClient() {
        return new NetworkCommand("", (_, _) -> {
            throw new RpcException(CLIENT_ERROR, "unable to run offline: " + NO_NODE);
        });
    }

    /** One with a sentence of its own. */
    static NetworkCommand failing(String argument, String sentence) {
        return new NetworkCommand(argument, (_, _) -> {
            throw new IOException(sentence);
        });
    }

    /** {@code swarm connect}: fails at the first address. */
    static NetworkCommand connect() {
        return new NetworkCommand("address", (addresses, _) -> {
            throw new IOException(
                    "connect " + PeerAddress.parse(addresses.getFirst()).peer() + " failure: " + NO_API);
        });
    }

    /** {@code swarm disconnect}: tells for each address that it failed. */
    static NetworkCommand disconnect() {
        return new NetworkCommand("address", (addresses, reply) -> {
            List<PeerAddress> parsed = PeerAddress.parse(addresses);
            reply.only(Map.of(
                    "Strings",
                    parsed.stream()
                            .map(address -> "disconnect " + address.peer() + " failure: " + NO_API)
                            .toList()));
        });
    }

    @Override
    public void perform(Reply reply) throws IOException {
        if (!argument.isEmpty() && arguments.isEmpty()) {
            throw new BadRequestException(BAD_REQUEST, "argument \"" + argument + "\" is required");
        }
        answer.give(arguments, reply);
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.texts(terminal, "Strings", "");
    }
}
