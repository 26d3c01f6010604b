package org.s3ds.cli;

import java.io.IOException;
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
import org.s3ds.rpc.Reply;
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
final class ProfileCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--dry-run", description = "Print what it would change, and change nothing.")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "<profile>", description = "The profile.")
    private String profile = "";

    ProfileCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
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
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("OldCfg", before.shown());
        fields.put("NewCfg", after.shown());
        reply.only(fields);
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.texts(
                terminal, fields -> difference(values(fields.get("OldCfg")), values(fields.get("NewCfg"))));
    }

    private Config applied(Config config) throws IOException {
        return new Profiles(new SecureRandom())
                .find(profile, config)
                .orElseThrow(() -> new IOException(profile + " is not a profile"));
    }

    private static String difference(Map<String, String> before, Map<String, String> after) {
        StringBuilder text = new StringBuilder();
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        for (String key : keys) {
            String old = before.getOrDefault(key, "(none)");
            text.append("%s: %s -> %s\n".formatted(key, old, after.getOrDefault(key, "(none)")));
        }
        return text.toString();
    }

    /** What is not a map, by its dotted key, as JSON. */
    private static Map<String, String> values(@Nullable Object config) {
        Map<String, String> values = new TreeMap<>();
        collect("", config, values);
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
