package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.node.repo.Config;
import org.s3ds.rpc.Authorizations;
import org.s3ds.rpc.RpcServer;

/**
 * What a config says about the RPC API of a daemon.
 *
 * @param addresses {@code Addresses.API}: multiaddrs, perhaps none
 * @param headers {@code API.HTTPHeaders}
 * @param authorizations {@code API.Authorizations}
 */
record DaemonConfig(List<String> addresses, Map<String, List<String>> headers, Authorizations authorizations) {
    private static final String PROVIDE =
            " Documentation: https://github.com/ipfs/kubo/blob/master/docs/config.md#provide";

    /**
     * Reads it.
     *
     * @throws IOException where Kubo refuses to start a daemon, or a value is not of its kind
     */
    static DaemonConfig of(Config config) throws IOException {
        refuse(config);
        return new DaemonConfig(
                strings(config.find("Addresses.API").orElse(null), "Addresses.API"), headers(config), users(config));
    }

    /** With other addresses. */
    DaemonConfig at(List<String> others) {
        return new DaemonConfig(others, headers, authorizations);
    }

    /**
     * Makes sure that nobody but this machine can call, or that whoever calls says who he is.
     *
     * @throws IOException a sentence that names the address that others can reach
     */
    void refuseOpen() throws IOException {
        if (authorizations.needed()) {
            return;
        }
        for (String address : addresses) {
            if (RpcServer.isOpen(address)) {
                throw new IOException(
                        "others can reach " + address + ", and whoever can call the RPC API can do anything"
                                + " with this repo: set API.Authorizations, or listen on /ip4/127.0.0.1/tcp/5001 or /unix/..., or"
                                + " run the daemon with --allow-open-api");
            }
        }
    }

    /** What was given up so that a daemon would not do what its owner thinks: Kubo's sentences. */
    private static void refuse(Config config) throws IOException {
        if (isAnySet(config, "Provider.Enabled", "Provider.Strategy", "Provider.WorkerCount")) {
            throw new IOException("deprecated configuration detected. Manually migrate 'Provider' fields to 'Provide'"
                    + " and remove 'Provider' from your config." + PROVIDE);
        }
        if (isAnySet(config, "Reprovider.Interval", "Reprovider.Strategy")) {
            throw new IOException(
                    "deprecated configuration detected. Manually migrate 'Reprovider' fields to 'Provide':"
                            + " Reprovider.Strategy -> Provide.Strategy, Reprovider.Interval -> Provide.DHT.Interval."
                            + " Remove 'Reprovider' from your config." + PROVIDE);
        }
        if (isAny(config, "Provide.Strategy", "flat")) {
            throw new IOException(
                    "Provide.Strategy='flat' is no longer supported. Use 'all' instead." + PROVIDE + "strategy");
        }
        if (isAny(config, "Experimental.StrategicProviding", true)) {
            throw new IOException("Experimental.StrategicProviding was removed. Remove it from your config."
                    + " Documentation: https://github.com/ipfs/kubo/blob/master/docs/experimental-features.md"
                    + "#strategic-providing");
        }
        if (isAny(config, "Experimental.ShardingEnabled", true)) {
            throw new IOException("The `Experimental.ShardingEnabled` field is no longer used, please remove it from"
                    + " the config. Use Import.UnixFSHAMTDirectorySizeThreshold instead.");
        }
    }

    private static boolean isAnySet(Config config, String... keys) {
        return List.of(keys).stream().anyMatch(key -> config.find(key).isPresent());
    }

    private static boolean isAny(Config config, String key, Object value) {
        return config.find(key).filter(value::equals).isPresent();
    }

    private static Map<String, List<String>> headers(Config config) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<?, ?> header : map(config, "API.HTTPHeaders").entrySet()) {
            headers.put((String) header.getKey(), strings(header.getValue(), "API.HTTPHeaders." + header.getKey()));
        }
        return headers;
    }

    private static Authorizations users(Config config) throws IOException {
        List<Authorizations.Entry> entries = new ArrayList<>();
        for (Map.Entry<?, ?> user : map(config, "API.Authorizations").entrySet()) {
            String key = "API.Authorizations." + user.getKey();
            if (!(user.getValue() instanceof Map<?, ?> fields)) {
                throw new IOException(key + " is not an object with AuthSecret and AllowedPaths");
            }
            String secret = fields.get("AuthSecret") instanceof String text ? text : "";
            entries.add(new Authorizations.Entry(secret, strings(fields.get("AllowedPaths"), key + ".AllowedPaths")));
        }
        return Authorizations.of(entries);
    }

    private static Map<?, ?> map(Config config, String key) throws IOException {
        return switch (config.find(key).orElse(Map.of())) {
            case Map<?, ?> map -> map;
            default -> throw new IOException(key + " is not an object");
        };
    }

    /** One text or a list of them; nothing is none. */
    private static List<String> strings(@Nullable Object value, String key) throws IOException {
        List<String> strings = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (!(each instanceof String text)) {
                throw new IOException(key + " is neither a text nor a list of texts");
            }
            if (!text.isEmpty()) {
                strings.add(text);
            }
        }
        return strings;
    }
}
