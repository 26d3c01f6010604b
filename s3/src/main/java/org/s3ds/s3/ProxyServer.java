package org.s3ds.s3;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param host its name or address
 * @param port its port
 * @param user who asks; blank when it does not want to know
 * @param password the user's; blank for none
 */
public record ProxyServer(String host, int port, String user, String password) {
    private static final int USUAL_PORT = 80;

    /** Reads {@code http://USER:PASSWORD@HOST:PORT}; empty when it is no such address. */
    static Optional<ProxyServer> parse(String text) {
        return Address.parse(text.contains("://") ? text : "http://" + text)
                .filter(uri -> "http".equals(uri.getScheme())
                        && uri.getRawQuery() == null
                        && uri.getRawPath().matches("/?"))
                .map(ProxyServer::of);
    }

    private static ProxyServer of(URI uri) {
        String[] who = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
        return new ProxyServer(
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                decoded(who[0]),
                who.length < 2 ? "" : decoded(who[1]));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Where it is, without who asks. */
    URI address() {
        return URI.create("http://" + host + ":" + port);
    }

    /** Without who asks. */
    @Override
    public String toString() {
        return "http://" + (user.isEmpty() ? "" : "***@") + host + ":" + port;
    }
}
