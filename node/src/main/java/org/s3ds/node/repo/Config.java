package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The config of a node: a tree of JSON values, of which this program understands a part and keeps everything, sequence
 * included. Never changes: {@link #with} gives another.
 */
public final class Config {
    /** The file in the repo. It, and nothing else, makes a folder a repo. */
    static final String FILE = "config";

    private final Map<String, @Nullable Object> root;

    private Config(Map<String, @Nullable Object> root) {
        this.root = Collections.unmodifiableMap(root);
    }

    /**
     * The config in a text.
     *
     * @param where the file, for the error
     * @throws JsonException when it is not JSON; the sentence begins as Kubo's
     */
    public static Config parse(byte[] text, String where) throws IOException {
        try {
            if (Json.parse(text, where) instanceof Map<?, ?> map) {
                return of(map);
            }
        } catch (JsonException e) {
            throw new JsonException("failure to decode config: " + e.getMessage(), e);
        }
        throw new ConfigException("failure to decode config: " + where + ": a JSON object is expected");
    }

    /**
     * The config of a repo, read without its lock.
     *
     * @throws RepoException when there is none
     */
    public static Config read(Path repo) throws IOException {
        Path file = repo.resolve(FILE);
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new RepoException("ipfs not initialized, please run 'ipfs init'", e);
        }
    }

    /** A config of these values, as {@link Json} knows them. */
    static Config of(Map<?, ?> map) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        map.forEach((key, value) -> root.put((String) key, value));
        return new Config(root);
    }

    /** The whole tree, not to be changed. Holds the private key. */
    public Map<String, @Nullable Object> root() {
        return root;
    }

    /**
     * The value at a dotted key, for the program's own use.
     *
     * @return empty when it is absent or null
     */
    public Optional<Object> find(String key) {
        Object cursor = root;
        for (String part : parts(key)) {
            cursor = cursor instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return Optional.ofNullable(cursor);
    }

    /**
     * The value at a dotted key, for a user's eyes: maps in byte order as Kubo shows them, secrets as {@code ***}.
     *
     * @throws ConfigException when there is no such key, or it would show a secret
     */
    public @Nullable Object get(String key) throws ConfigException {
        refuseSecrets(key);
        Object cursor = root;
        String before = "";
        for (String part : parts(key)) {
            if (!(cursor instanceof Map<?, ?> map)) {
                throw new ConfigException(before + " key is not a map");
            }
            before = before.isEmpty() ? part : before + "." + part;
            if (!map.containsKey(part)) {
                throw new ConfigException(before + " not found");
            }
            cursor = map.get(part);
        }
        return Json.sorted(ConfigSecrets.masked(cursor, parts(key)));
    }

    /**
     * The same for a client of a daemon, to whom nothing is told of who else may ask what.
     *
     * @throws ConfigException when there is no such key, or it would show a secret
     */
    public @Nullable Object getForClient(String key) throws ConfigException {
        if (ConfigSecrets.isAboutAuthorizations(parts(key))) {
            throw new ConfigException("cannot show or change API.Authorizations through API");
        }
        return without(ConfigSecrets.AUTHORIZATIONS).get(key);
    }

    /**
     * Makes sure that a client of a daemon may put this config in the place of another.
     *
     * @throws ConfigException when that changes a secret, or who may ask what
     */
    public void requireSecretsOf(Config before) throws ConfigException {
        if (!ConfigSecrets.in(root).equals(ConfigSecrets.in(before.root))) {
            throw new ConfigException("cannot show or change secrets or API.Authorizations through API:"
                    + " stop the daemon, then change them here");
        }
    }

    /**
     * The same config with another value at a dotted key; maps on the way are made. The private key stays as it is, and
     * so does a secret where the value has {@code ***}.
     *
     * @param value as {@link Json} knows it
     * @throws ConfigException when Kubo knows no such key, or the value is not of its kind, or it is a secret
     */
    public Config with(String key, @Nullable Object value) throws ConfigException {
        refuseSecrets(key);
        ConfigKeys.check(key, value);
        return new Config(ConfigSecrets.unmasked(put(key, value).root, root));
    }

    /**
     * The config that takes the place of this one: another, with the secrets of this one where that has {@code ***}, or
     * lacks what {@link #shown} leaves out.
     *
     * @throws ConfigException when a value is not of the kind that Kubo reads, or it sets a private key or the
     *     credentials of a pinning service
     */
    public Config replacedBy(Config next) throws ConfigException {
        ConfigKeys.checkAll(next);
        Config whole = new Config(ConfigSecrets.completed(next.root, root));
        if (!whole.find("Identity.PrivKey").equals(find("Identity.PrivKey"))) {
            throw new ConfigException("setting private key with API is not supported");
        }
        if (!services(whole).keySet().equals(services(this).keySet())) {
            throw new ConfigException("cannot add or remove remote pinning services with 'config replace'");
        }
        if (!access(whole).equals(access(this))) {
            throw new ConfigException("cannot change remote pinning services api info with `config replace`");
        }
        return whole;
    }

    /** How each remote pinning service is reached, and with which key. */
    private static Map<Object, Object> access(Config config) {
        Map<Object, Object> access = new HashMap<>();
        services(config).forEach((name, service) -> {
            if (service instanceof Map<?, ?> map && map.get("API") instanceof Map<?, ?> api) {
                access.put(name, api);
            }
        });
        return access;
    }

    private static Map<?, ?> services(Config config) {
        return config.find("Pinning.RemoteServices").orElse(null) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Without the checks of {@link #with}, for what the program itself sets. */
    Config put(String key, @Nullable Object value) throws ConfigException {
        return new Config(put(root, "", parts(key), value));
    }

    /** Without a key, which may be absent. */
    Config without(String key) {
        return new Config(remove(root, parts(key)));
    }

    /** The text of the file, without a line break at its end, as Kubo writes it. */
    public String toJson() {
        return Json.pretty(root);
    }

    /**
     * For {@code config show}: without the private key, API authorizations and the keys of remote pinning services, as
     * Kubo; secrets in the datastore spec are {@code ***}. Maps in byte order.
     */
    public @Nullable Object shown() {
        return Json.sorted(ConfigSecrets.hidden(root));
    }

    /** For {@code config edit}: the text of the file, with every secret as {@code ***}. */
    public String masked() {
        return Json.pretty(ConfigSecrets.masked(root, List.of()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Config config && config.root.equals(root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    /** Says nothing: it could hold secrets. */
    @Override
    public String toString() {
        return "Config of " + find("Identity.PeerID").orElse("no peer");
    }

    private static List<String> parts(String key) {
        return Arrays.asList(key.split("\\.", -1));
    }

    private static void refuseSecrets(String key) throws ConfigException {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.equals("identity") || lower.equals("identity.privkey")) {
            throw new ConfigException("cannot show or change private key through API");
        }
        if (ConfigSecrets.isRemoteServiceKey(parts(lower))) {
            throw new ConfigException("cannot show or change pinning services credentials");
        }
    }

    private static Map<String, @Nullable Object> put(
            @Nullable Object at, String before, List<String> parts, @Nullable Object value) throws ConfigException {
        if (at != null && !(at instanceof Map<?, ?>)) {
            throw new ConfigException(before + " key is not a map");
        }
        String part = parts.getFirst();
        String path = before.isEmpty() ? part : before + "." + part;
        Map<String, @Nullable Object> copy = copy(at);
        Object child = parts.size() == 1 ? value : put(copy.get(part), path, parts.subList(1, parts.size()), value);
        if (copy.containsKey(part)) {
            copy.put(part, child);
            return copy;
        }
        return ConfigKeys.insert(copy, before, part, child);
    }

    private static Map<String, @Nullable Object> remove(@Nullable Object at, List<String> parts) {
        Map<String, @Nullable Object> copy = copy(at);
        String part = parts.getFirst();
        if (parts.size() == 1) {
            copy.remove(part);
        } else if (copy.get(part) instanceof Map<?, ?> child) {
            copy.put(part, remove(child, parts.subList(1, parts.size())));
        }
        return copy;
    }

    private static Map<String, @Nullable Object> copy(@Nullable Object at) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (at instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put((String) key, value));
        }
        return copy;
    }
}
