package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.Node;
import org.s3ds.rpc.Authorizations;
import org.s3ds.rpc.RpcOptions;
import org.s3ds.rpc.RpcServer;

/** The commands of a daemon on a repo, served in this process; the repo says where, so that commands ask it. */
final class InProcessDaemon implements AutoCloseable {
    private final Node node;
    private final RpcServer server;
    private final Path apiFile;

    private InProcessDaemon(Node node, RpcServer server, Path apiFile) {
        this.node = node;
        this.server = server;
        this.apiFile = apiFile;
    }

    static InProcessDaemon start(Path repo, Map<String, String> environment) throws IOException {
        List<StoreType> bundled = Stores.bundled();
        RequestTally requests = new RequestTally(Metrics.none());
        Node node = Node.open(repo, bundled, requests, environment);
        RpcServer server = RpcServer.start(
                new RpcOptions(List.of("/ip4/127.0.0.1/tcp/0"), Map.of(), Authorizations.NONE, "kubo/0.42.0", Map.of()),
                new RpcCommands(global -> new DaemonSession(node, bundled, requests, global)));
        Path apiFile = repo.resolve("api");
        Files.writeString(apiFile, server.addresses().getFirst());
        return new InProcessDaemon(node, server, apiFile);
    }

    /** The port of the loopback interface where it listens. */
    int port() {
        String address = server.addresses().getFirst();
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(apiFile);
        server.stop(Duration.ofSeconds(10));
        node.close();
    }
}
