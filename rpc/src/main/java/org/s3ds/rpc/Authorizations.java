package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code API.Authorizations}: who may call what. Secrets are kept as the header that a request must carry. */
public final class Authorizations {
    /** Anybody may call anything. */
    public static final Authorizations NONE = new Authorizations(false, Map.of());

    private static final String VERSION = "/api/v0/version";

    private final boolean needed;
    private final Map<String, List<String>> pathsByHeader;

    private Authorizations(boolean needed, Map<String, List<String>> pathsByHeader) {
        this.needed = needed;
        this.pathsByHeader = pathsByHeader;
    }

    /** Of one user. An entry whose secret is none that Kubo knows lets nobody in. */
    public record Entry(String secret, List<String> allowedPaths) {
        @Override
        public String toString() {
            return "Entry[***, " + allowedPaths + "]";
        }
    }

    /** Of the users in a config; without any, anybody may call anything. */
    public static Authorizations of(List<Entry> entries) {
        Map<String, List<String>> paths = new HashMap<>();
        for (Entry entry : entries) {
            header(entry.secret()).ifPresent(header -> paths.put(header, List.copyOf(entry.allowedPaths())));
        }
        return new Authorizations(!entries.isEmpty(), paths);
    }

    /** The header {@code Authorization} for an {@code AuthSecret}; empty for a kind of secret that Kubo has not. */
    static Optional<String> header(String secret) {
        int colon = secret.indexOf(':');
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        if (colon < 0) {
            return Optional.of("Bearer " + secret);
        }
        String value = secret.substring(colon + 1);
        return switch (secret.substring(0, colon)) {
            case "bearer" -> Optional.of("Bearer " + value);
            case "basic" -> Optional.of("Basic " + (value.contains(":") ? base64(value) : value));
            default -> Optional.empty();
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** Whether a request is let through. */
    boolean allow(@Nullable String header, String path) {
        if (!needed) {
            return true;
        }
        List<String> allowed = header == null ? null : pathsByHeader.get(header);
        return allowed != null && (path.equals(VERSION) || allowed.stream().anyMatch(path::startsWith));
    }

    /** Whether every request needs a secret. */
    public boolean needed() {
        return needed;
    }
}
