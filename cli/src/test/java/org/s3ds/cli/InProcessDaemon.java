package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.s3ds.node.Node;
import org.s3ds.rpc.Authorizations;

/** A daemon on a repo, in this process; the repo says where it listens, so that commands ask it. */
final class InProcessDaemon implements AutoCloseable {
    private final Daemon daemon;
    private final String address;

    private InProcessDaemon(Daemon daemon, String address) {
        this.daemon = daemon;
        this.address = address;
    }

    static InProcessDaemon start(Path repo, Map<String, String> environment) throws IOException {
        Daemon daemon = Daemon.open(repo, environment, new LogLevels("warn"));
        List<String> addresses =
                daemon.listen(new DaemonConfig(List.of("/ip4/127.0.0.1/tcp/0"), Map.of(), Authorizations.NONE));
        return new InProcessDaemon(daemon, addresses.getFirst());
    }

    /** The node that it opened. */
    Node node() {
        return daemon.node();
    }

    /** The port of the loopback interface where it listens. */
    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
