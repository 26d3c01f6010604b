package org.s3ds.rpc;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.file.Path;
import java.util.Set;

/** Where a server listens, as a multiaddr tells it. */
sealed interface ApiAddress {
    /**
     * A host and a port.
     *
     * @param protocol {@code ip4}, {@code ip6}, {@code dns}, {@code dns4} or {@code dns6}
     * @param tls whether the multiaddr ends in {@code /https} or {@code /tls/http}
     */
    record Tcp(String protocol, String host, int port, boolean tls) implements ApiAddress {
        @Override
        public String toString() {
            return "/" + protocol + "/" + host + "/tcp/" + port + (tls ? "/https" : "");
        }
    }

    /** A socket in the file system. */
    record Unix(Path path) implements ApiAddress {
        @Override
        public String toString() {
            return "/unix" + path;
        }
    }

    Set<String> HOSTS = Set.of("ip4", "ip6", "dns", "dns4", "dns6");

    /** The address in a multiaddr; an error says what is allowed. */
    static ApiAddress parse(String multiaddr) throws IOException {
        if (multiaddr.matches("/unix/.*[^/]")) {
            return new Unix(Path.of(multiaddr.substring("/unix".length())));
        }
        String[] parts = multiaddr.split("/", 6);
        boolean tcp = parts.length >= 5 && parts[0].isEmpty() && HOSTS.contains(parts[1]) && parts[3].equals("tcp");
        String rest = parts.length == 6 ? parts[5] : "";
        if (!tcp
                || !isHost(parts[1], parts[2])
                || !Set.of("", "http", "https", "tls/http").contains(rest)) {
            throw new IOException("not an address of an RPC API: " + multiaddr
                    + " (it is like /ip4/127.0.0.1/tcp/5001, /dns/localhost/tcp/5001 or /unix/run/s3ds.sock)");
        }
        return new Tcp(parts[1], parts[2], port(parts[4], multiaddr), rest.contains("s"));
    }

    private static boolean isHost(String protocol, String host) {
        try {
            return switch (protocol) {
                case "ip4" -> host.matches("[0-9.]+") && Inet4Address.ofLiteral(host) != null;
                case "ip6" -> host.matches("[0-9a-fA-F:.]+") && Inet6Address.ofLiteral(host) != null;
                default -> !host.isEmpty();
            };
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static int port(String text, String multiaddr) throws IOException {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IOException("not a port from 0 to 65535: " + text + " in " + multiaddr);
        }
        return Integer.parseInt(text);
    }
}
