package org.s3ds.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.node.repo.Repo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daemon}: answers requests over HTTP until it is stopped. */
@Command(
        description = {
            "Opens the repo, and answers the requests of Kubo's RPC API at Addresses.API of the config until it is stopped:",
            "by Ctrl-C, SIGTERM, or \"s3ds shutdown\". What runs then has 7 seconds to end; a second signal ends it at once.",
            "While it runs, other commands ask it. An address that others can reach needs API.Authorizations."
        },
        footer = {"s3ds daemon --enable-gc", "s3ds daemon --init --init-profile=server"})
final class DaemonCommand implements Action {
    /** What scripts wait for. */
    static final String READY = "Daemon is ready";

    private final TerminalSession session;

    @Option(names = "--init", description = "Make the repo first, as init does, if there is none.")
    private boolean init;

    @Option(names = "--init-config", paramLabel = "<file>", description = "With --init: a config to take as it is.")
    private String initConfig = "";

    @Option(
            names = "--init-profile",
            paramLabel = "<profiles>",
            description = "With --init: profiles to apply to the config, separated by commas.")
    private String initProfile = "";

    @Option(
            names = "--enable-gc",
            description = "Collect garbage every Datastore.GCPeriod, if there is more than the watermark.")
    private boolean enableGc;

    @Option(
            names = "--allow-open-api",
            description = "Listen also where others can reach the API, without asking anybody who they are.")
    private boolean allowOpenApi;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    DaemonCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        network.refuse();
        try (StopSignals _ = new StopSignals(Thread.currentThread()::interrupt)) {
            out().println("Initializing daemon...");
            out().println(Product.forDaemon());
            makeRepo();
            serve();
        }
    }

    private PrintStream out() {
        return session.terminal().out();
    }

    private void makeRepo() throws IOException {
        if (!init || Repo.isInitialized(session.repo())) {
            return;
        }
        List<String> words = new ArrayList<>();
        if (!initProfile.isEmpty()) {
            words.add("--profile=" + initProfile);
        }
        if (!initConfig.isEmpty()) {
            words.addAll(List.of("--", initConfig));
        }
        InitCommand making = new InitCommand(session);
        new Arguments(making, new GlobalOptions()).parse(words, List::of);
        making.run();
    }

    private void serve() throws IOException {
        try (Daemon daemon = Daemon.open(session.repo(), session.terminal().environment(), logLevels())) {
            Repo repo = daemon.node().repo();
            refuseOld(repo);
            repo.warnings().forEach(session::warn);
            out().println("PeerID: " + repo.config().find("Identity.PeerID").orElse(""));
            DaemonConfig api = DaemonConfig.of(repo.config());
            AutomaticGc.Limits limits = AutomaticGc.Limits.of(repo.config());
            out().println("Swarm not listening, running in offline mode.");
            listen(daemon, session.global().api.isEmpty() ? api : api.at(List.of(session.global().api)));
            if (enableGc) {
                daemon.collectGarbage(limits);
            }
            serve(daemon);
        }
    }

    private void serve(Daemon daemon) throws IOException {
        tellSystemd("READY=1");
        out().println(READY);
        daemon.await();
        out().println("\nReceived interrupt signal, shutting down...");
        out().println("(Hit ctrl-c again to force-shutdown the daemon.)");
        tellSystemd("STOPPING=1");
    }

    private void tellSystemd(String lines) throws IOException {
        Optional<String> socket = session.terminal().variable("NOTIFY_SOCKET");
        if (socket.isPresent()) {
            new SystemdNotice(socket.get()).send(lines);
        }
    }

    /** Warnings are for whoever looks after the daemon, without being asked for. */
    private LogLevels logLevels() {
        LogLevels levels = new LogLevels(session.global().debug ? "debug" : "warn");
        DebugLog.showOn(session.terminal().err(), levels);
        return levels;
    }

    private void refuseOld(Repo repo) throws IOException {
        if (repo.readOnly().isPresent()) {
            throw new IOException(
                    "fs-repo requires migration: " + repo.readOnly().get());
        }
    }

    private void listen(Daemon daemon, DaemonConfig api) throws IOException {
        if (!allowOpenApi) {
            api.refuseOpen();
        }
        List<String> addresses = daemon.listen(api);
        if (api.authorizations().needed()) {
            out().println("RPC API access is limited by the rules defined in API.Authorizations");
        }
        addresses.forEach(address -> out().println("RPC API server listening on " + address));
    }
}
