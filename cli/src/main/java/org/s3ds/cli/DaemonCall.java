package org.s3ds.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.node.unixfs.InputNode;
import org.s3ds.rpc.Reply;
import org.s3ds.rpc.RpcAnswer;
import org.s3ds.rpc.RpcClient;

/** Asks a daemon to do what a command line says. */
final class DaemonCall {
    private final String address;
    private final TerminalSession session;

    /**
     * A call.
     *
     * @param address where the daemon listens
     */
    DaemonCall(String address, TerminalSession session) {
        this.address = address;
        this.session = session;
    }

    /** Sends options, arguments and files, and gives what comes back to the reply. */
    void ask(Invocation invocation, Arguments arguments, Optional<InputNode.Children> files, Reply reply)
            throws IOException {
        List<String> words =
                invocation.path().stream().skip(1).map(Command::name).toList();
        List<Map.Entry<String, String>> query = arguments.query();
        RpcClient client = RpcClient.to(address, session.authorization());
        try (RpcAnswer answer = client.call(words, query, files)) {
            if (answer.isBytes()) {
                answer.bytes().transferTo(reply.bytes(answer.contentType(), answer.length()));
            } else {
                pass(answer, reply);
            }
        }
    }

    private static void pass(RpcAnswer answer, Reply reply) throws IOException {
        for (Optional<RpcAnswer.Value> value = answer.next(); value.isPresent(); value = answer.next()) {
            reply.value(value.get().json());
        }
    }
}
