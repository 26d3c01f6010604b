package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.s3ds.node.repo.Json;

/**
 * One request that was sent to a daemon of Kubo, and what it answered.
 *
 * @param number its place in the file, from 0
 * @param request as the file has it
 * @param response as the file has it
 */
record RpcExchange(int number, Map<?, ?> request, Map<?, ?> response) {
    /** What a client may look at. */
    private static final Set<String> HEADERS = Set.of(
            "access-control-allow-headers",
            "access-control-expose-headers",
            "allow",
            "connection",
            "content-type",
            "server",
            "trailer",
            "vary",
            "x-chunked-output",
            "x-content-length",
            "x-content-type-options",
            "x-stream-output");

    /** The exchanges of a file, in their order. */
    static List<RpcExchange> load(String name) throws IOException {
        try (var in = Objects.requireNonNull(RpcExchange.class.getResourceAsStream(name), name)) {
            Map<?, ?> root = (Map<?, ?>) Objects.requireNonNull(Json.parse(in.readAllBytes(), name));
            List<RpcExchange> exchanges = new ArrayList<>();
            for (Object each : (List<?>) Objects.requireNonNull(root.get("exchanges"))) {
                exchanges.add(new RpcExchange(exchanges.size(), map(each, "request"), map(each, "response")));
            }
            return exchanges;
        }
    }

    private static Map<?, ?> map(Object object, String name) {
        return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) object).get(name), name);
    }

    /** Method and path with its query. */
    String line() {
        return request.get("method") + " " + request.get("path");
    }

    /** The request as bytes, which ask for the connection to be closed after it. */
    byte[] bytes() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(line() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        map(request, "headers").forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (request.get("parts") instanceof List<?> parts) {
            for (Object part : parts) {
                write((Map<?, ?>) part, body);
            }
            body.writeBytes("--XX--\r\n".getBytes(UTF_8));
            head.append("Content-Type: multipart/form-data; boundary=XX\r\n");
        }
        head.append("Content-Length: " + body.size() + "\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(UTF_8));
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    private static void write(Map<?, ?> part, ByteArrayOutputStream body) throws Exception {
        String head = "--XX\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                .formatted(part.get("name"), part.get("filename"), part.get("type"));
        body.writeBytes(head.getBytes(UTF_8));
        body.writeBytes(ExchangeFile.content(map(part, "data")));
        body.writeBytes("\r\n".getBytes(UTF_8));
    }

    /** The part of an answer that can be compared: status, headers, trailers, body. */
    String comparable(RawHttp.Answer answer) {
        return comparable(
                answer.status(),
                answer.headers(),
                answer.trailers(),
                answer.body().toString(UTF_8));
    }

    /** The same of what Kubo answered. */
    String expected() {
        Map<?, ?> body = map(response, "body");
        String text = body.get("base64") instanceof String coded
                ? new String(Base64.getDecoder().decode(coded), UTF_8)
                : String.valueOf(body.get("text"));
        return comparable(
                ((Number) Objects.requireNonNull(response.get("status"))).intValue(),
                fields("headers"),
                fields("trailers"),
                text);
    }

    private List<Map.Entry<String, String>> fields(String name) {
        return ((List<?>) Objects.requireNonNull(response.get(name)))
                .stream()
                        .map(field -> (List<?>) field)
                        .map(field -> Map.entry(String.valueOf(field.get(0)), String.valueOf(field.get(1))))
                        .toList();
    }

    private String comparable(
            int status,
            List<Map.Entry<String, String>> headers,
            List<Map.Entry<String, String>> trailers,
            String body) {
        Set<String> lines = new TreeSet<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            if (HEADERS.contains(name)) {
                lines.add(name + ": " + header.getValue());
            }
        }
        trailers.forEach(trailer -> lines.add("trailer " + trailer.getKey() + ": " + trailer.getValue()));
        return status + "\n" + String.join("\n", lines) + "\n\n" + withoutVersions(inOrder(body));
    }

    /** Garbage is removed in the order in which the store lists it, which is no matter. */
    private String inOrder(String body) {
        return line().contains("/repo/gc") ? body.lines().sorted().collect(Collectors.joining("\n")) : body;
    }

    private static String withoutVersions(String body) {
        return body.replaceAll("\"Commit\":\"[^\"]*\"", "\"Commit\":\"\"")
                .replaceAll("\"Golang\":\"[^\"]*\"", "\"Golang\":\"\"")
                .replaceAll("\"System\":\"[^\"]*\"", "\"System\":\"\"");
    }

    /** Whether whoever sent it may not ask for anything. */
    boolean isRefused() {
        return Objects.equals(response.get("status"), 403L);
    }

    void assertAnswered(RawHttp.Answer answer) {
        assertEquals(expected(), comparable(answer), line());
    }

    @Override
    public String toString() {
        return number + " " + line();
    }
}
