package org.s3ds.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.ConfigException;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.JsonException;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config KEY} and {@code config KEY VALUE}. */
@Command(
        description = {
            "Prints the value of a key, or sets it. Keys are joined by dots. A value is a text unless --json",
            "or --bool says otherwise. Private keys and secrets are neither shown nor set."
        },
        footer = {"s3ds config Datastore.StorageMax", "s3ds config --json Gateway.NoFetch true"})
final class ConfigCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--bool", description = "The value is true or false.")
    private boolean bool;

    @Option(names = "--json", description = "The value is JSON.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "<key>", description = "The key, such as Datastore.StorageMax.")
    private String key = "";

    @Parameters(index = "1", paramLabel = "[<value>]", arity = "0..1", description = "The value to set it to.")
    private @Nullable String value;

    ConfigCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        if (value == null) {
            reply.only(fields(get()));
        } else {
            Object wanted = parsed(value);
            set(wanted);
            reply.only(fields(wanted));
        }
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.texts(terminal, fields -> {
            Object found = fields.get("Value");
            String text = found instanceof String string ? string : Json.pretty(found);
            return value == null ? text + "\n" : "";
        });
    }

    private Map<String, @Nullable Object> fields(@Nullable Object found) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Key", key);
        fields.put("Value", found);
        return fields;
    }

    private @Nullable Object get() throws IOException {
        Config config = session.config();
        try {
            return session.servedBy().isPresent() ? config.getForClient(key) : config.get(key);
        } catch (ConfigException e) {
            throw isRefusal(e) ? e : new IOException("failed to get config value: \"%s\"".formatted(e.getMessage()), e);
        }
    }

    private @Nullable Object parsed(String text) throws IOException {
        if (bool) {
            return text.equals("true");
        }
        if (!json) {
            return text;
        }
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8), "<value>");
        } catch (JsonException e) {
            throw new IOException("failed to unmarshal json. " + e.getMessage(), e);
        }
    }

    private void set(@Nullable Object parsed) throws IOException {
        try {
            session.changeConfig(config -> config.with(key, parsed));
        } catch (ConfigException e) {
            throw isRefusal(e)
                    ? e
                    : new IOException(
                            "failed to set config value: %s (maybe use --json?)".formatted(e.getMessage()), e);
        }
    }

    /** Kubo says these sentences without another around them. */
    private static boolean isRefusal(ConfigException e) {
        return String.valueOf(e.getMessage()).startsWith("cannot show or change");
    }

    /** {@code config show}: the whole config, without what nobody should see. */
    @Command(description = "Prints the config without private keys and secrets.", footer = "s3ds config show")
    static final class Show implements Operation.OfNode {
        private final Session session;

        Show(Session session) {
            this.session = session;
        }

        @Override
        public void perform(Reply reply) throws IOException {
            reply.only(session.config().shown());
        }

        @Override
        public Display display(Terminal terminal) {
            return Display.lines(terminal, Json::pretty);
        }
    }
}
