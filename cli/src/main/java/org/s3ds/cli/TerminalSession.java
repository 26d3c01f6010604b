package org.s3ds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.Node;
import org.s3ds.node.plugins.PluginFolder;
import org.s3ds.node.plugins.StoreTypes;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPath;
import org.s3ds.node.repo.RepoPlan;

/** One run of one command in this process: its terminal, and the repo once it is asked for. */
public final class TerminalSession extends Session implements AutoCloseable {
    private final Terminal terminal;
    private final GlobalOptions global;
    private final Metrics metrics;
    private @Nullable MetricsFile metricsFile;
    private @Nullable RequestTally tallied;
    private @Nullable List<StoreType> bundled;
    private @Nullable Node node;
    private @Nullable StoreTypes types;

    TerminalSession(Terminal terminal, GlobalOptions global, Metrics metrics) {
        super(global);
        this.terminal = terminal;
        this.global = global;
        this.metrics = metrics;
    }

    /** Where to print, and what is around the command. */
    public Terminal terminal() {
        return terminal;
    }

    /** The folder of the repo: {@code --repo-dir}, else {@code $IPFS_PATH}, else {@code ~/.ipfs}. */
    @Override
    public Path repo() throws IOException {
        String name = global.repoDir.isEmpty() ? terminal.variable("IPFS_PATH").orElse("~/.ipfs") : global.repoDir;
        return name.startsWith("~")
                ? RepoPath.expand(name, terminal.environment())
                : terminal.resolve(name).normalize();
    }

    /** The store types that come with the program: the same ones for as long as the session lasts. */
    List<StoreType> bundled() {
        if (bundled == null) {
            bundled = Stores.bundled();
        }
        return bundled;
    }

    /** The config of the repo, which need not be open. */
    @Override
    Config config() throws IOException {
        refuseConfigFile();
        if (node != null) {
            return node.repo().config();
        }
        if (!Repo.isInitialized(repo())) {
            return node().repo().config(); // which fails with the sentence for a folder that is no repo
        }
        return Config.read(repo());
    }

    /** Changes the config of the repo, which stays closed. */
    @Override
    void changeConfig(Repo.Change change) throws IOException {
        refuseConfigFile();
        Repo.changeConfig(repo(), bundled(), terminal.environment(), change);
    }

    /** Makes sure that the config of the repo may be changed so, and leaves it as it is. */
    @Override
    void tryChange(Repo.Change change) throws IOException {
        refuseConfigFile();
        Repo.tryChange(repo(), bundled(), terminal.environment(), change);
    }

    /** The stores of the repo, which stay closed. */
    List<StoreConfig> stores() throws IOException {
        Config config = config();
        return DatastoreSpec.of(config, repo().resolve("config"), types(config)).stores();
    }

    /** The node, opened when it is first asked for, and closed with the session. */
    @Override
    public Node node() throws IOException {
        if (node == null) {
            refuseConfigFile();
            node = Node.open(repo(), bundled(), metrics(), terminal.environment());
            node.repo().warnings().forEach(this::warn);
        }
        return node;
    }

    /** Tells the user something that is not as it should be. */
    @Override
    void warn(String sentence) {
        terminal.err().println("Warning: " + sentence);
    }

    @Override
    void note(String sentence) {
        terminal.err().println("Note: " + sentence);
    }

    /** What the environment says, even where {@code --repo-dir} says something else: Kubo has it so. */
    @Override
    String repoName() throws IOException {
        String name = terminal.variable("IPFS_PATH").orElse("~/.ipfs");
        return name.startsWith("~")
                ? RepoPath.expand(name, terminal.environment()).toString()
                : name;
    }

    /** The store types that the repo can use with a config, without opening it; good until the session is closed. */
    List<StoreType> types(Config config) throws IOException {
        if (types == null) {
            types = Repo.usable(repo(), config, bundled());
        }
        return types.all();
    }

    /** The same with the config of the repo; where there is none, with one that says nothing. */
    List<StoreType> types() throws IOException {
        return types(
                Repo.isInitialized(repo())
                        ? config()
                        : Config.parse("{}".getBytes(StandardCharsets.UTF_8), "no config"));
    }

    /** The plugins of the repo, which stays closed, and may still have to be made. */
    PluginFolder plugins() throws IOException {
        Set<String> disabled = Repo.isInitialized(repo()) ? Repo.disabledPlugins(repo(), config()) : Set.of();
        return new PluginFolder(repo(), bundled(), disabled);
    }

    /** Makes a repo. */
    void create(Path folder, RepoPlan plan) throws IOException {
        Node.init(folder, plan, bundled(), metrics(), terminal.environment());
    }

    @Override
    Supplier<OptionalLong> countRequests() throws IOException {
        RequestTally tally = new RequestTally(metrics());
        tallied = tally;
        return tally::requests;
    }

    /** Where the daemon listens that has the repo; empty when there is none. */
    Optional<String> daemon() throws IOException {
        return global.api.isEmpty() ? ApiFile.read(repo()) : Optional.of(global.api);
    }

    /** What {@code --api-auth} gives, for a daemon that asks who calls. */
    Optional<String> authorization() {
        return Optional.of(global.apiAuthorization).filter(secret -> !secret.isEmpty());
    }

    @Override
    Optional<Terminal> watcher() {
        return Optional.of(terminal);
    }

    @Override
    Optional<Daemon> servedBy() {
        return Optional.empty();
    }

    /** Where the stores of this command count. */
    Metrics metrics() throws IOException {
        if (tallied != null) {
            return tallied;
        }
        if (global.metrics.isEmpty()) {
            return metrics;
        }
        if (metricsFile == null) {
            metricsFile = new MetricsFile(terminal.resolve(global.metrics));
        }
        return metricsFile.metrics();
    }

    private void refuseConfigFile() throws IOException {
        if (!global.configFile.isEmpty()) {
            throw new IOException("--config-file is not supported: the config is the file config in the repo");
        }
    }

    /** Whether results are printed as JSON instead of text. */
    public boolean json() throws UsageException {
        return switch (global.encoding) {
            case "json" -> true;
            case "text" -> false;
            default ->
                throw UsageException.withoutUsage(
                        "invalid encoding: \"%s\" (text and json are known)".formatted(global.encoding));
        };
    }

    /** Prints a result: the text, or with {@code --encoding=json} its fields on a line. */
    public void print(String text, Map<String, ? extends @Nullable Object> fields) throws UsageException {
        terminal.out().println(json() ? Json.compact(fields) : text);
    }

    /**
     * The arguments of a command that takes them from standard input when it is given none, a line each.
     *
     * @param given what stood on the command line
     * @param name the argument's name, for the sentence when there is none either way
     */
    public List<String> orStandardInput(List<String> given, String name) throws IOException {
        if (!given.isEmpty()) {
            return given;
        }
        List<String> lines = inputLines();
        if (lines.isEmpty()) {
            throw UsageException.withoutUsage("argument \"%s\" is required".formatted(name));
        }
        return lines;
    }

    /** The lines of standard input that are not empty. */
    List<String> inputLines() {
        announceStandardInput();
        BufferedReader reader = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        return reader.lines().filter(line -> !line.isEmpty()).toList();
    }

    /** Says that standard input is about to be read, when a person would have to type it. */
    public void announceStandardInput() {
        if (terminal.typedInput()) {
            terminal.err().println("s3ds: Reading from /dev/stdin; send Ctrl-d to stop.");
        }
    }

    /** Writes what was counted, if {@code --metrics} asks for it; closes the repo, if it was opened. */
    @Override
    public void close() throws IOException {
        try (StoreTypes _ = types;
                Node closing = node) {
            if (closing != null) {
                closing.pins().notices().forEach(this::warn);
            }
            if (metricsFile != null) {
                metricsFile.write();
            }
        }
    }
}
