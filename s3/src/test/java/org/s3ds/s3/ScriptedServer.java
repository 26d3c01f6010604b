package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.s3ds.datastore.SpecException;

/**
 * An HTTP server that answers as it is told, for what no real S3 server shows on demand, and keeps what it was sent.
 */
final class ScriptedServer implements AutoCloseable {
    /** A request: header names in lower case, the path as it was on the wire. */
    record Request(String method, String path, String query, Map<String, String> headers, String body) {}

    /**
     * An answer, whose body may be said to be longer than it is; with an ETag when it is 200 and neither HTML nor XML,
     * and a request id unless it is HTML.
     */
    record Answer(int status, String body, int missing) {
        Answer(int status, String body) {
            this(status, body, 0);
        }

        static Answer ok() {
            return new Answer(200, "");
        }

        static Answer error(int status, String code) {
            return new Answer(status, "<Error><Code>" + code + "</Code><Message>scripted</Message></Error>");
        }
    }

    /** What to answer. */
    interface Script {
        Answer answer(Request request);
    }

    private final HttpServer server;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    List<Request> requests() {
        return requests;
    }

    S3Config config(String rootDirectory, String sessionToken) throws SpecException {
        return S3Config.parse(Map.of(
                "region",
                "us-east-1",
                "bucket",
                "b",
                "accessKey",
                "AK",
                "secretKey",
                "SK",
                "sessionToken",
                sessionToken,
                "regionEndpoint",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "rootDirectory",
                rootDirectory));
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
            String query = exchange.getRequestURI().getRawQuery();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query == null ? "" : query,
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            requests.add(request);
            answer(exchange, script.answer(request));
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        if (!answer.body().startsWith("<html>")) {
            exchange.getResponseHeaders().add("x-amz-request-id", "REQ1");
        }
        if (answer.status() == 200 && !answer.body().startsWith("<")) {
            exchange.getResponseHeaders().add("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"");
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length + answer.missing());
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
