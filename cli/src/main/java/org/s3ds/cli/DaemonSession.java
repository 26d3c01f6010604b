package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Repo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to a daemon: the node is the daemon's, and stays open. */
final class DaemonSession extends Session {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonSession.class);

    private final Node node;
    private final List<StoreType> bundled;
    private final RequestTally requests;
    private final Daemon daemon;

    /**
     * A request.
     *
     * @param bundled the store types that come with the program
     * @param requests counts what the node asks of S3
     * @param daemon who was asked
     */
    DaemonSession(Node node, List<StoreType> bundled, RequestTally requests, GlobalOptions global, Daemon daemon) {
        super(global);
        this.node = node;
        this.bundled = bundled;
        this.requests = requests;
        this.daemon = daemon;
    }

    @Override
    public Path repo() {
        return node.repo().path();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    Config config() throws IOException {
        return Config.read(repo());
    }

    @Override
    void changeConfig(Repo.Change change) throws IOException {
        node.repo().changeConfig(bundled, forClient(change));
    }

    @Override
    void tryChange(Repo.Change change) throws IOException {
        node.repo().tryChange(bundled, forClient(change));
    }

    private static Repo.Change forClient(Repo.Change change) {
        return before -> {
            Config after = change.apply(before);
            after.requireSecretsOf(before);
            return after;
        };
    }

    @Override
    void warn(String sentence) {
        LOG.warn(sentence);
    }

    @Override
    void note(String sentence) {
        LOG.info(sentence);
    }

    @Override
    String repoName() {
        return repo().toString();
    }

    @Override
    Supplier<OptionalLong> countRequests() {
        long before = requests.requests().orElse(0);
        return () -> requests.requests().stream().map(sofar -> sofar - before).findFirst();
    }

    @Override
    Optional<Terminal> watcher() {
        return Optional.empty();
    }

    @Override
    Optional<Daemon> servedBy() {
        return Optional.of(daemon);
    }
}
