package org.s3ds.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Servers' addresses, as specs write them. */
final class Address {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LAST_PORT = 65_535;

    private Address() {}

    /** The address of a server; without a scheme https is meant. Empty when it is none, or more than one. */
    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            boolean isServer = uri.getHost() != null
                    && SCHEMES.contains(String.valueOf(uri.getScheme()))
                    && uri.getPort() != 0
                    && uri.getPort() <= LAST_PORT
                    && uri.getRawFragment() == null;
            return isServer ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** An address without what stands before the host: a user's name and password. */
    static String masked(String text) {
        int start = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + "://".length();
        int at = text.lastIndexOf('@');
        return at < start ? text : text.substring(0, start) + "***" + text.substring(at);
    }
}
