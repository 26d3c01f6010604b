package org.s3ds.s3;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that requests to a host go through: the config's, or that of the environment.
 *
 * @param server the proxy
 * @param setting what names it, for a message
 */
record ProxyChoice(ProxyServer server, String setting) {
    /**
     * The config's proxy is for all hosts. Those of {@code HTTPS_PROXY} and {@code HTTP_PROXY}, in capitals or not, are
     * neither for this machine nor for what {@code NO_PROXY} names.
     */
    static Optional<ProxyChoice> of(
            Transport transport, Map<String, String> environment, boolean isSecure, String host) {
        if (transport.proxy().isPresent()) {
            return transport.proxy().map(server -> new ProxyChoice(server, "\"" + SpecKey.PROXY + "\""));
        }
        String name = isSecure ? "https_proxy" : "http_proxy";
        Optional<String> address = variable(environment, name);
        if (address.isEmpty() || isExempt(environment, host)) {
            return Optional.empty();
        }
        String setting = (environment.containsKey(name) ? name : name.toUpperCase(Locale.ROOT)) + " of the environment";
        return Optional.of(ProxyServer.parse(address.get())
                .map(server -> new ProxyChoice(server, setting))
                .orElseThrow(() -> new UnusableSetting(setting + " is \"" + Address.masked(address.get())
                        + "\"; allowed: " + SpecKey.PROXY.allowed())));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .filter(text -> !text.isBlank());
    }

    private static boolean isExempt(Map<String, String> environment, String host) {
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        List<String> exempt =
                List.of(variable(environment, "no_proxy").orElse("").split(","));
        return exempt.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || isBelow(host, entry));
    }

    private static boolean isBelow(String host, String entry) {
        String domain = entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
