package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreIndex;
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
    private final CommandLog commands;
    private final LogLevels logLevels;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable RpcServer server;
    private @Nullable Thread collecting;

    private Daemon(
            Node node, List<StoreType> bundled, RequestTally requests, PrometheusMetrics metrics, LogLevels logLevels) {
        this.node = node;
        this.bundled = bundled;
        this.requests = requests;
        this.metrics = metrics;
        this.logLevels = logLevels;
        commands = new CommandLog(new RpcCommands(this::session), InstantSource.system(), metrics);
    }

    /**
     * Opens the node of a repo. Nobody can ask it yet.
     *
     * @param environment the environment variables of the process
     * @param logLevels how much is logged, which whoever asks may change
     */
    static Daemon open(Path repo, Map<String, String> environment, LogLevels logLevels) throws IOException {
        List<StoreType> bundled = Stores.bundled();
        PrometheusMetrics metrics = new PrometheusMetrics();
        ProcessMeters.show(metrics);
        RequestTally requests = new RequestTally(metrics);
        Node node = Node.open(repo, bundled, requests, environment);
        return new Daemon(node, bundled, requests, metrics, logLevels);
    }

    /** The node. */
    Node node() {
        return node;
    }

    /** What it was asked for. */
    CommandLog commands() {
        return commands;
    }

    /** How much it logs. */
    LogLevels logLevels() {
        return logLevels;
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
                DaemonPages.of(metrics, requests, this::isStopping, this::indexLine));
        RpcServer started = RpcServer.start(options, commands);
        server = started;
        List<String> addresses = started.addresses();
        if (!addresses.isEmpty()) {
            ApiFile.write(node.repo().path(), addresses.getFirst());
        }
        return addresses;
    }

    /** How the index is, as far as is known without asking; nothing when there is none, or nobody used it. */
    private String indexLine() {
        Optional<StoreIndex> index = node.blocks().index();
        try {
            return index.isPresent() ? index.get().seen().map(Daemon::line).orElse("") : "";
        } catch (IOException e) {
            return "the index cannot be looked at: " + Failures.sentence(e) + "\n";
        }
    }

    private static String line(StoreIndex.Status status) {
        return "the index of %s: %s, %d blocks\n"
                .formatted(
                        status.place(),
                        IndexStatusCommand.word(status.state()),
                        status.known().count());
    }

    /** Collects garbage from now on, whenever there is too much. */
    void collectGarbage(AutomaticGc.Limits limits) {
        collecting = Thread.ofVirtual()
                .name("gc")
                .start(new AutomaticGc(
                        node, limits, time -> !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS), requests, metrics));
    }

    private Session session(GlobalOptions global) {
        return new DaemonSession(node, bundled, requests, global, this);
    }

    /** Whether it was asked to end. */
    boolean isStopping() {
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
            if (collecting != null) {
                collecting.interrupt();
            }
            if (server != null) {
                server.stop(GRACE);
            }
            awaitCollector();
        }
    }

    /** A collection that is cut short leaves garbage, and nothing else. */
    private void awaitCollector() {
        try {
            if (collecting != null) {
                collecting.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
