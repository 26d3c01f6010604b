package org.s3ds.node.repo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config that Kubo gives a new node, in its sequence, from the resource {@code default-config.json}. */
final class DefaultConfig {
    private DefaultConfig() {}

    /** With an identity and a datastore spec; the spec in byte order, as Go writes a map. */
    static Config of(Identity identity, Map<String, ?> spec) throws ConfigException {
        Map<String, @Nullable Object> who = new LinkedHashMap<>();
        who.put("PeerID", identity.peerId());
        who.put("PrivKey", identity.privateKey());
        return load().put("Identity", who).put("Datastore.Spec", Json.sorted(spec));
    }

    /** What the default has at a key. */
    static @Nullable Object at(String key) {
        return load().find(key).orElse(null);
    }

    private static Config load() {
        try (InputStream in = DefaultConfig.class.getResourceAsStream("default-config.json")) {
            if (in == null) {
                throw new IllegalStateException("default-config.json is not in the jar");
            }
            return Config.parse(in.readAllBytes(), "default-config.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
