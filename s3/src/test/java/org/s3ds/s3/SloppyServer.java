package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.s3ds.datastore.SpecException;

/** A bucket in memory that leaves out some of what S3 does, and has what rules a test gives it. Checks no keys. */
final class SloppyServer implements AutoCloseable {
    /** What it does not do. */
    enum Lack {
        RANGE,
        CREATE_ONLY,
        BULK_DELETE,
        HASH,
        PUT,
        DELETE,
        TO_TELL_ABSENT,
        TO_SHOW_RULES
    }

    private final Set<Lack> lacks;
    private final Map<String, String> rules;
    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    /**
     * Starts it.
     *
     * @param rules answers to {@code versioning}, {@code lifecycle} and {@code object-lock}
     */
    SloppyServer(Map<String, String> rules, Lack... lacks) throws IOException {
        this.lacks = lacks.length == 0 ? EnumSet.noneOf(Lack.class) : EnumSet.copyOf(List.of(lacks));
        this.rules = rules;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    S3Config config(String rootDirectory) throws SpecException {
        return S3Config.parse(Map.of(
                "region", "us-east-1",
                "bucket", "b",
                "accessKey", "AK",
                "secretKey", "SK",
                "regionEndpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
                "rootDirectory", rootDirectory));
    }

    NavigableMap<String, byte[]> objects() {
        return objects;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String name = exchange.getRequestURI().getPath().replaceFirst("^/b/?", "");
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            exchange.getResponseHeaders().add("x-amz-request-id", "REQ1");
            exchange.getResponseHeaders().add("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"");
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, name, body);
                case "POST" -> deleteAll(exchange, new String(body, UTF_8));
                case "DELETE" -> delete(exchange, name);
                default -> read(exchange, name, query);
            }
        }
    }

    private static Map<String, String> query(String raw) {
        return raw == null
                ? Map.of()
                : List.of(raw.split("&")).stream()
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> pair.length < 2 ? "" : URLDecoder.decode(pair[1], UTF_8)));
    }

    private void put(HttpExchange exchange, String name, byte[] body) throws IOException {
        String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        boolean once = exchange.getRequestHeaders().containsKey("If-None-Match") && !lacks.contains(Lack.CREATE_ONLY);
        if (lacks.contains(Lack.PUT)) {
            error(exchange, 403, "AccessDenied");
        } else if (!lacks.contains(Lack.HASH) && !DigestSigner.sha256Hex(body).equals(hash)) {
            error(exchange, 400, "XAmzContentSHA256Mismatch");
        } else if (once && objects.containsKey(name)) {
            error(exchange, 412, "PreconditionFailed");
        } else {
            objects.put(name, body);
            answer(exchange, 200, new byte[0]);
        }
    }

    private void delete(HttpExchange exchange, String name) throws IOException {
        if (lacks.contains(Lack.DELETE)) {
            error(exchange, 403, "AccessDenied");
        } else {
            objects.remove(name);
            answer(exchange, 204, new byte[0]);
        }
    }

    private void deleteAll(HttpExchange exchange, String body) throws IOException {
        if (lacks.contains(Lack.BULK_DELETE)) {
            error(exchange, 501, "NotImplemented");
            return;
        }
        StringBuilder deleted = new StringBuilder("<DeleteResult>");
        for (String part : body.split("<Key>", -1)) {
            String name = part.replaceFirst("(?s)</Key>.*", "");
            if (part.contains("</Key>")) {
                objects.remove(name);
                deleted.append("<Deleted><Key>").append(name).append("</Key></Deleted>");
            }
        }
        answer(exchange, 200, deleted.append("</DeleteResult>").toString().getBytes(UTF_8));
    }

    private void read(HttpExchange exchange, String name, Map<String, String> query) throws IOException {
        byte[] object = objects.get(name);
        if (query.containsKey("list-type")) {
            list(exchange, query);
        } else if (name.isEmpty()) {
            rule(exchange, query.keySet().iterator().next());
        } else if (object == null) {
            boolean tells = !lacks.contains(Lack.TO_TELL_ABSENT);
            error(exchange, tells ? 404 : 403, tells ? "NoSuchKey" : "AccessDenied");
        } else {
            String range = exchange.getRequestHeaders().getFirst("Range");
            boolean isPart = range != null && !lacks.contains(Lack.RANGE);
            answer(exchange, isPart ? 206 : 200, isPart ? part(object, range) : object);
        }
    }

    private static byte[] part(byte[] object, String range) {
        String[] ends = range.replace("bytes=", "").split("-", -1);
        return Arrays.copyOfRange(object, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
    }

    private void rule(HttpExchange exchange, String which) throws IOException {
        if (lacks.contains(Lack.TO_SHOW_RULES)) {
            error(exchange, 403, "AccessDenied");
        } else if (rules.containsKey(which)) {
            answer(exchange, 200, rules.getOrDefault(which, "").getBytes(UTF_8));
        } else {
            error(exchange, 404, "NoSuchConfiguration");
        }
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        String prefix = query.getOrDefault("prefix", "");
        int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        Map<String, byte[]> after =
                new TreeMap<>(objects.tailMap(query.getOrDefault("continuation-token", prefix), false));
        objects.entrySet().stream()
                .filter(each -> !query.containsKey("continuation-token")
                        && each.getKey().equals(prefix))
                .forEach(each -> after.put(each.getKey(), each.getValue()));
        List<String> names =
                after.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
        List<String> page = names.subList(0, Math.min(most, names.size()));
        boolean more = names.size() > page.size();
        String contents = page.stream()
                .map(name -> "<Contents><Key>" + name + "</Key><Size>" + after.getOrDefault(name, new byte[0]).length
                        + "</Size></Contents>")
                .collect(Collectors.joining());
        String next = more ? "<NextContinuationToken>" + page.getLast() + "</NextContinuationToken>" : "";
        answer(
                exchange,
                200,
                ("<ListBucketResult><IsTruncated>" + more + "</IsTruncated>" + contents + next + "</ListBucketResult>")
                        .getBytes(UTF_8));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        answer(exchange, status, ("<Error><Code>" + code + "</Code></Error>").getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
