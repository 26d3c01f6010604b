package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A server that keeps objects, or says so: it keeps the headers of each put, and gives those back that it heeds. */
final class RecordingServer implements AutoCloseable {
    /** A request: header names in small letters. */
    record Request(String method, String uri, Map<String, String> headers) {}

    private final HttpServer server;
    private final boolean isSecure;
    private final Set<String> heeded;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> kept = new ConcurrentHashMap<>();

    /**
     * Over http.
     *
     * @param heeded the headers of puts that HEAD gives back
     */
    RecordingServer(Set<String> heeded) throws IOException {
        this(HttpServer.create(loopback(), 0), heeded, false);
    }

    private RecordingServer(HttpServer server, Set<String> heeded, boolean isSecure) {
        this.server = server;
        this.heeded = heeded;
        this.isSecure = isSecure;
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Over https. */
    static RecordingServer secure(SSLContext tls, Set<String> heeded) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new RecordingServer(server, heeded, true);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    List<Request> requests() {
        return requests;
    }

    /** The requests of a method. */
    List<Request> requests(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Its address, by the name {@code localhost}. */
    String address() {
        return (isSecure ? "https" : "http") + "://localhost:" + port();
    }

    /** A spec's keys for it. */
    Map<String, Object> spec() {
        return new HashMap<>(Map.of(
                "region", "us-east-1",
                "bucket", "b",
                "accessKey", "AK",
                "secretKey", "SK",
                "regionEndpoint", address()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            String uri = exchange.getRequestURI().toString();
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(exchange.getRequestMethod(), uri, headers));
            exchange.getResponseHeaders().add("ETag", "\"0\"");
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    bodies.put(uri, body);
                    kept.put(uri, headers);
                    exchange.sendResponseHeaders(200, -1);
                }
                case "HEAD" -> head(exchange, uri);
                case "DELETE" -> exchange.sendResponseHeaders(204, -1);
                default -> get(exchange, uri);
            }
        }
    }

    private void head(HttpExchange exchange, String uri) throws IOException {
        kept.getOrDefault(uri, Map.of()).forEach((name, value) -> {
            if (heeded.contains(name)) {
                exchange.getResponseHeaders().add(name, value);
            }
        });
        exchange.getResponseHeaders().add("Content-Length", "1");
        exchange.sendResponseHeaders(kept.containsKey(uri) ? 200 : 404, -1);
    }

    private void get(HttpExchange exchange, String uri) throws IOException {
        byte[] body = uri.endsWith("?tagging")
                ? "<Tagging><TagSet></TagSet></Tagging>".getBytes(UTF_8)
                : uri.endsWith("?acl")
                        ? "<AccessControlPolicy><AccessControlList/></AccessControlPolicy>".getBytes(UTF_8)
                        : bodies.getOrDefault(uri, new byte[0]);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
