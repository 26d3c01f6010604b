package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code API.Authorizations}: who may call what. Secrets are kept as the header that a request must carry. */
public final class Authorizations {
    /** Anybody may call anything. */
    public static final Authorizations NONE = new Authorizations(false, List.of());

    private static final String VERSION = "/api/v0/version";

    private final boolean needed;
    private final List<Entry> users;

    private Authorizations(boolean needed, List<Entry> users) {
        this.needed = needed;
        this.users = users;
    }

    /**
     * One user.
     *
     * @param secret {@code AuthSecret}; one of a kind that Kubo has not lets nobody in
     * @param allowedPaths what a path must begin with, such as {@code /api/v0/files}
     */
    public record Entry(String secret, List<String> allowedPaths) {
        /** Copies what could change. */
        public Entry {
            allowedPaths = List.copyOf(allowedPaths);
        }

        @Override
        public String toString() {
            return "Entry[***, " + allowedPaths + "]";
        }
    }

    /** Of the users in a config; without any, anybody may call anything. */
    public static Authorizations of(List<Entry> entries) {
        List<Entry> users = new ArrayList<>();
        for (Entry entry : entries) {
            header(entry.secret()).ifPresent(header -> users.add(new Entry(header, entry.allowedPaths())));
        }
        return new Authorizations(!entries.isEmpty(), List.copyOf(users));
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

    /** Whether a request is let through; how long that takes tells nothing of a secret. */
    boolean allow(@Nullable String header, String path) {
        byte[] given = header == null ? new byte[0] : header.getBytes(UTF_8);
        return !needed
                || users.stream()
                        .filter(user ->
                                MessageDigest.isEqual(given, user.secret().getBytes(UTF_8)))
                        .anyMatch(user -> path.equals(VERSION)
                                || user.allowedPaths().stream().anyMatch(path::startsWith));
    }

    /** Whether every request needs a secret. */
    public boolean needed() {
        return needed;
    }
}
