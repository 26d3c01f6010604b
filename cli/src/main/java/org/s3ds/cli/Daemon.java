package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.Node;
import org.s3ds.prometheus.PrometheusMetrics;
import org.s3ds.rpc.RpcOptions;
import org.s3ds.rpc.RpcServer;

/** A node that does what it is asked to over HTTP, from its start until it is closed. */
final class Daemon implements AutoCloseable {
    /** For what runs when the daemon is stopped; with what is interrupted after that, it ends within 10 s. */
    private static final Duration GRACE = Duration.ofSeconds(7);

    private final Node node;
    private final List<StoreType> bundled;
    private final RequestTally requests;
    private final PrometheusMetrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable RpcServer server;

    private Daemon(Node node, List<StoreType> bundled, RequestTally requests, PrometheusMetrics metrics) {
        this.node = node;
        this.bundled = bundled;
        this.requests = requests;
        this.metrics = metrics;
    }

    /**
     * Opens the node of a repo. Nobody can ask it yet.
     *
     * @param environment the environment variables of the process
     */
    static Daemon open(Path repo, Map<String, String> environment) throws IOException {
        List<StoreType> bundled = Stores.bundled();
        PrometheusMetrics metrics = new PrometheusMetrics();
        RequestTally requests = new RequestTally(metrics);
        return new Daemon(Node.open(repo, bundled, requests, environment), bundled, requests, metrics);
    }

    /** The node. */
    Node node() {
        return node;
    }

    /**
     * Listens, and says in the repo where.
     *
     * @return where, as multiaddrs with the ports that were bound
     */
    List<String> listen(DaemonConfig config) throws IOException {
        RpcOptions options = new RpcOptions(
                config.addresses(),
                config.headers(),
                config.authorizations(),
                Product.SERVER,
                DaemonPages.of(metrics, requests, this::isStopping));
        RpcServer started = RpcServer.start(options, new RpcCommands(this::session));
        server = started;
        List<String> addresses = started.addresses();
        if (!addresses.isEmpty()) {
            ApiFile.write(node.repo().path(), addresses.getFirst());
        }
        return addresses;
    }

    private Session session(GlobalOptions global) {
        return new DaemonSession(node, bundled, requests, global, this);
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /** Asks it to end. */
    void stop() {
        stopped.countDown();
    }

    /** Waits until it is asked to end, or the thread is interrupted. */
    void await() {
        try {
            stopped.await();
        } catch (InterruptedException _) {
            stop();
        }
    }

    /** Takes nothing new, lets what runs end, and closes the node. The file {@code api} goes with it. */
    @Override
    public void close() throws IOException {
        stop();
        try (node) {
            if (server != null) {
                server.stop(GRACE);
            }
        }
    }
}
