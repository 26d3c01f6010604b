package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.plugins.Installed;
import org.s3ds.node.plugins.PluginFolder;
import org.s3ds.node.plugins.PluginLabel;
import org.s3ds.node.plugins.PluginReport;
import org.s3ds.node.plugins.PluginReport.State;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.Repo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin}: the jars in the repo's folder plugins. */
final class PluginCommand {
    private PluginCommand() {}

    /** {@code plugin list}: works whatever is in the folder. */
    @Command(
            description = {
                "Lists the plugins that are built in and those in the folder plugins of the repo: name, version, version of",
                "the plugin API, store types, state and path. One that is refused is shown with the reason."
            },
            footer = {"s3ds plugin list", "s3ds plugin list --json"})
    static final class ListAll implements Action {
        private static final int WIDTH = 8;

        private final TerminalSession session;

        @Option(names = "--json", description = "Print the plugins as JSON.")
        private boolean json;

        ListAll(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<PluginReport> reports = session.plugins().list(Product.VERSION);
            if (json || session.json()) {
                List<Map<String, Object>> plugins =
                        reports.stream().map(ListAll::fields).toList();
                session.terminal().out().println(Json.pretty(Map.of("Plugins", plugins)));
                return;
            }
            AlignedTable table = new AlignedTable(WIDTH);
            List<List<String>> lines = new ArrayList<>();
            lines.add(List.of("NAME", "VERSION", "API", "TYPES", "STATE", "PATH"));
            reports.forEach(report -> lines.add(cells(report)));
            lines.forEach(table::measure);
            lines.forEach(line -> session.terminal().out().print(table.line(line)));
            reports.stream()
                    .filter(report -> report.state() == State.REFUSED)
                    .forEach(report -> session.terminal().err().println("Error: " + report.problem()));
        }

        private static List<String> cells(PluginReport report) {
            return List.of(
                    report.label().map(PluginLabel::name).orElse("-"),
                    report.label().map(PluginLabel::version).orElse("-"),
                    report.label().map(label -> String.valueOf(label.api())).orElse("-"),
                    report.types().isEmpty() ? "-" : String.join(",", report.types()),
                    state(report),
                    path(report));
        }

        private static Map<String, Object> fields(PluginReport report) {
            Map<String, Object> fields = new LinkedHashMap<>();
            report.label().ifPresent(label -> {
                fields.put("Name", label.name());
                fields.put("Version", label.version());
                fields.put("Api", (long) label.api());
            });
            fields.put("Types", report.types());
            fields.put("Path", path(report));
            fields.put("Enabled", report.state() == State.ENABLED);
            fields.put("State", state(report));
            if (report.state() == State.REFUSED) {
                fields.put("Problem", report.problem());
            }
            return fields;
        }

        private static String state(PluginReport report) {
            return report.state().name().toLowerCase(Locale.ROOT);
        }

        private static String path(PluginReport report) {
            return report.file().map(Path::toString).orElse("built in");
        }
    }

    /** {@code plugin install}. */
    @Command(
            description = {
                "Loads a jar beside the plugins that are there, to see that it works, and copies it into the folder plugins",
                "of the repo. One of the same name is replaced. The folder need not be a repo yet: a plugin may bring the",
                "store that init is to make it with."
            },
            footer = "s3ds plugin install s3ds-plugin-0.1.0.jar")
    static final class Install implements Action {
        private final TerminalSession session;

        @Parameters(index = "0", paramLabel = "<file>", description = "The jar.")
        private String file = "";

        Install(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Path repo = session.repo();
            boolean isNew = Files.notExists(repo);
            Files.createDirectories(repo);
            try {
                Installed installed = install(repo);
                session.print(text(installed), fields(installed));
            } catch (IOException | RuntimeException e) {
                if (isNew) {
                    Files.deleteIfExists(repo);
                }
                throw e;
            }
        }

        private Installed install(Path repo) throws IOException {
            Path jar = session.terminal().resolve(file);
            return Repo.alone(
                    repo,
                    session.terminal().environment(),
                    () -> session.plugins().install(jar));
        }

        private static String text(Installed installed) {
            String types = String.join(", ", installed.types());
            return "%s %s, with the store types %s: %s"
                    .formatted(
                            installed.before().isPresent() ? "replaced" : "installed",
                            installed
                                    .before()
                                    .map(before ->
                                            before + " by " + installed.label().version())
                                    .orElse(installed.label().toString()),
                            types,
                            installed.file());
        }

        private static Map<String, @Nullable Object> fields(Installed installed) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("Name", installed.label().name());
            fields.put("Version", installed.label().version());
            fields.put("Before", installed.before().map(PluginLabel::version).orElse(null));
            fields.put("Types", installed.types());
            fields.put("Path", installed.file().toString());
            return fields;
        }
    }

    /** {@code plugin remove}. */
    @Command(
            description = {
                "Deletes the jar of a plugin from the folder plugins of the repo, unless the repo has a store of one of its",
                "types, which nobody else brings."
            },
            footer = "s3ds plugin remove my-plugin")
    static final class Remove implements Action {
        private final TerminalSession session;

        @Option(names = "--force", description = "Even when the repo cannot be opened without it.")
        private boolean force;

        @Parameters(index = "0", paramLabel = "<name>", description = "The plugin's name, or that of its file.")
        private String name = "";

        Remove(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            Path removed = Files.isDirectory(session.repo())
                    ? Repo.alone(session.repo(), session.terminal().environment(), this::remove)
                    : remove();
            session.print("removed " + removed, Map.of("Path", removed.toString()));
        }

        private Path remove() throws IOException {
            PluginFolder plugins = session.plugins();
            Path jar = plugins.find(name);
            if (!force && Repo.isInitialized(session.repo())) {
                refuseNeeded(plugins, jar);
            }
            try {
                Files.delete(jar);
            } catch (DirectoryNotEmptyException e) {
                throw new IOException(jar + " is a folder with files, and no plugin: move it away", e);
            }
            return jar;
        }

        private void refuseNeeded(PluginFolder plugins, Path jar) throws IOException {
            Set<String> needed = DatastoreSpec.typesIn(
                    session.config().find("Datastore.Spec").orElse(null));
            needed.retainAll(plugins.typesOnlyOf(jar));
            if (!needed.isEmpty()) {
                throw new IOException(
                        "%s is left: this repo has a store of type %s, and could not be opened without it; --force deletes it nevertheless"
                                .formatted(jar, String.join(", ", needed)));
            }
        }
    }
}
