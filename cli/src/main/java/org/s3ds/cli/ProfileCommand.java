package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.Profiles;
import org.s3ds.node.repo.Repo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config profile apply}: a set of changes with a name. */
@Command(
        description = {
            "Applies a profile of Kubo to the config, such as server, lowpower or unixfs-v1-2025, and prints what it",
            "changes. A profile of another datastore is refused: a repo keeps its data where it is."
        },
        footer = "s3ds config profile apply --dry-run server")
final class ProfileCommand implements Action {
    private final TerminalSession session;

    @Option(names = "--dry-run", description = "Print what it would change, and change nothing.")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "<profile>", description = "The profile.")
    private String profile = "";

    ProfileCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        Config before = session.config();
        Config after = applied(before);
        Repo.Change change = now -> {
            if (!now.equals(before)) {
                throw new IOException("the config was changed by someone else in the meantime");
            }
            return after;
        };
        if (dryRun) {
            session.tryChange(change);
        } else {
            session.changeConfig(change);
        }
        if (session.json()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("OldCfg", shown(before));
            fields.put("NewCfg", shown(after));
            session.print("", fields);
        } else {
            printDifference(values(before), values(after));
        }
    }

    private Config applied(Config config) throws IOException {
        return new Profiles(new SecureRandom())
                .find(profile, config)
                .orElseThrow(() -> new IOException(profile + " is not a profile"));
    }

    private void printDifference(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        for (String key : keys) {
            String old = before.getOrDefault(key, "(none)");
            session.terminal().out().println(key + ": " + old + " -> " + after.getOrDefault(key, "(none)"));
        }
    }

    private static @Nullable Object shown(Config config) throws IOException {
        return Json.parse(config.shown().getBytes(StandardCharsets.UTF_8), "the config");
    }

    /** What is not a map, by its dotted key, as JSON. */
    private static Map<String, String> values(Config config) throws IOException {
        Map<String, String> values = new TreeMap<>();
        collect("", shown(config), values);
        return values;
    }

    private static void collect(String key, @Nullable Object value, Map<String, String> values) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> collect(key.isEmpty() ? "" + name : key + "." + name, child, values));
        } else {
            values.put(key, Json.compact(value));
        }
    }
}
