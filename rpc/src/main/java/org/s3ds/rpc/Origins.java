package org.s3ds.rpc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call the API, as Kubo has it: {@code Access-Control-*} of {@code API.HTTPHeaders}, pages of this
 * machine's own port, and the IPFS Companion. Anything else from a browser is turned away.
 */
final class Origins {
    /** The header of a browser that asks before it sends a page's request. */
    static final String PREFLIGHT = "Access-Control-Request-Method";

    private static final List<String> ALWAYS = List.of(
            "http://127.0.0.1:<port>",
            "https://127.0.0.1:<port>",
            "http://[::1]:<port>",
            "https://[::1]:<port>",
            "http://localhost:<port>",
            "https://localhost:<port>",
            "chrome-extension://nibjojkomfdiaoajekhjakgkdhaomnch",
            "chrome-extension://hjoieblefckbooibpepigmacodalfndh");

    /** What a page may set in a request, in lower case. */
    private static final Set<String> HEADERS = Set.of("origin", "accept", "content-type", "x-requested-with");

    private final List<String> allowed;
    private final List<String> methods;
    private final boolean credentials;

    /**
     * What a config allows.
     *
     * @param port of the listener, for {@code <port>}; empty without one
     */
    Origins(Map<String, List<String>> headers, String port) {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        List<String> origins = new ArrayList<>(byName.getOrDefault("Access-Control-Allow-Origin", List.of()));
        origins.addAll(ALWAYS);
        origins.replaceAll(origin -> port.isEmpty() ? origin : origin.replace("<port>", port));
        this.allowed = List.copyOf(origins);
        this.methods = byName.getOrDefault("Access-Control-Allow-Methods", List.of("POST"));
        this.credentials = byName.getOrDefault("Access-Control-Allow-Credentials", List.of()).stream()
                .anyMatch("true"::equalsIgnoreCase);
    }

    /** Whether a header of {@code API.HTTPHeaders} is for this class, and not for each answer. */
    static boolean isOwn(String header) {
        return Set.of("access-control-allow-origin", "access-control-allow-methods", "access-control-allow-credentials")
                .contains(header.toLowerCase(Locale.ROOT));
    }

    /** Whether a request is no page's, or of one that may. */
    boolean allows(HttpFields request) {
        @Nullable String origin = request.get(HttpHeader.ORIGIN);
        @Nullable String referer = request.get(HttpHeader.REFERER);
        if (origin == null && referer == null) {
            @Nullable String agent = request.get(HttpHeader.USER_AGENT);
            return agent == null || !agent.startsWith("Mozilla") || agent.contains("Electron");
        }
        return (origin == null || allows(origin)) && (referer == null || allows(originOf(referer)));
    }

    private boolean allows(String origin) {
        return allowed.contains("*") || allowed.contains(origin);
    }

    /** Of an address that cannot be read it is one that nobody allows by name. */
    private static String originOf(String referer) {
        try {
            URI uri = new URI(referer);
            String authority = String.valueOf(uri.getRawAuthority());
            return uri.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
        } catch (URISyntaxException _) {
            return "";
        }
    }

    /** Tells the browser that the page may read the answer. */
    void share(String method, HttpFields request, HttpFields.Mutable response) {
        response.put(HttpHeader.VARY, "Origin");
        @Nullable String origin = request.get(HttpHeader.ORIGIN);
        if (origin != null && allows(origin) && allowsMethod(method)) {
            shareWith(origin, response);
        }
    }

    /** Answers a browser that asks before it sends a page's request. */
    void preflight(HttpFields request, HttpFields.Mutable response) {
        response.put(HttpHeader.VARY, "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        @Nullable String origin = request.get(HttpHeader.ORIGIN);
        String method = request.get(PREFLIGHT);
        @Nullable String headers = request.get("Access-Control-Request-Headers");
        if (origin == null || !allows(origin) || !allowsMethod(method) || !allowsHeaders(headers)) {
            return;
        }
        shareWith(origin, response);
        response.put("Access-Control-Allow-Methods", method);
        if (headers != null && !headers.isEmpty()) {
            response.put("Access-Control-Allow-Headers", headers);
        }
    }

    private void shareWith(String origin, HttpFields.Mutable response) {
        response.put("Access-Control-Allow-Origin", allowed.contains("*") ? "*" : origin);
        if (credentials) {
            response.put("Access-Control-Allow-Credentials", "true");
        }
    }

    private boolean allowsMethod(String method) {
        return method.equals("OPTIONS") || methods.contains(method);
    }

    private static boolean allowsHeaders(@Nullable String headers) {
        return headers == null
                || headers.isBlank()
                || List.of(headers.toLowerCase(Locale.ROOT).split(",")).stream()
                        .map(String::strip)
                        .allMatch(HEADERS::contains);
    }
}
