package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of S3 with one bucket in memory, of more objects than a real server here could list in good time. Takes any
 * key, counts requests, and checks what deletes and listings ask for.
 */
final class SyntheticBucket implements AutoCloseable {
    static final String NAME = "synthetic";
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final int PAGE = 1000;

    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder cpu = new LongAdder();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Hook beforeListing = () -> {};

    /** What happens before an answer. */
    interface Hook {
        /** Returns when it may go out. */
        void run() throws InterruptedException;
    }

    SyntheticBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stores an object without a request. */
    void put(String name, byte[] bytes) {
        objects.put(name, bytes);
    }

    /** Does this before each page of a listing of values is sent from now on. */
    void beforeListing(Hook hook) {
        beforeListing = hook;
    }

    int size() {
        return objects.size();
    }

    /** The requests since the last call, by kind; those that concern claims are {@code claim}. */
    Map<String, Long> requests() {
        Map<String, Long> counts = new TreeMap<>();
        requests.forEach((kind, count) -> {
            long sum = count.sumThenReset();
            if (sum > 0) {
                counts.put(kind, sum);
            }
        });
        return counts;
    }

    /** The CPU time that answering took so far. */
    long cpuNanos() {
        return cpu.sum();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long begin = threads.getCurrentThreadCpuTime();
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.length() > NAME.length() + 2 ? path.substring(NAME.length() + 2) : "";
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> answerPut(exchange, name, body);
                case "DELETE" -> {
                    count("delete", name);
                    objects.remove(name);
                    exchange.sendResponseHeaders(204, -1);
                }
                case "POST" -> deleteAll(exchange, new String(body, UTF_8));
                default -> answerRead(exchange, name);
            }
        } finally {
            cpu.add(threads.getCurrentThreadCpuTime() - begin);
        }
    }

    private void count(String kind, String name) {
        requests.computeIfAbsent(name.contains(".s3ds/") ? "claim" : kind, any -> new LongAdder())
                .increment();
    }

    private void answerPut(HttpExchange exchange, String name, byte[] body) throws IOException {
        count("put", name);
        boolean only = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        if (only && objects.putIfAbsent(name, body) != null) {
            answer(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>");
            return;
        }
        objects.put(name, body);
        exchange.getResponseHeaders().set("ETag", "\"e\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private void answerRead(HttpExchange exchange, String name) throws IOException {
        if (name.isEmpty()) {
            list(exchange);
            return;
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        count(head ? "head" : "get", name);
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"e\"");
        exchange.sendResponseHeaders(200, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void deleteAll(HttpExchange exchange, String body) throws IOException {
        count("delete_objects", "");
        StringBuilder xml = new StringBuilder("<DeleteResult>");
        int keys = 0;
        for (Matcher found = KEY.matcher(body); found.find(); keys++) {
            objects.remove(found.group(1));
            xml.append("<Deleted><Key>").append(found.group(1)).append("</Key></Deleted>");
        }
        if (keys > PAGE) {
            throw new IOException(keys + " keys in one delete");
        }
        answer(exchange, 200, xml.append("</DeleteResult>").toString());
    }

    private void list(HttpExchange exchange) throws IOException {
        Map<String, String> asked = query(exchange.getRequestURI().getRawQuery());
        String prefix = asked.getOrDefault("prefix", "");
        count("list", prefix);
        awaitTurn(prefix);
        String after = asked.getOrDefault("continuation-token", asked.getOrDefault("start-after", ""));
        String from = after.compareTo(prefix) > 0 ? after : prefix;
        int most = Integer.parseInt(asked.getOrDefault("max-keys", "1000"));
        StringBuilder entries = new StringBuilder();
        String last = "";
        int listed = 0;
        boolean more = false;
        for (Map.Entry<String, byte[]> object :
                objects.tailMap(from, !from.equals(after)).entrySet()) {
            if (!object.getKey().startsWith(prefix)) {
                break;
            }
            more = listed == most;
            if (more) {
                break;
            }
            listed++;
            last = object.getKey();
            entries.append("<Contents><Key>")
                    .append(last)
                    .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>")
                    .append(object.getValue().length)
                    .append("</Size></Contents>");
        }
        String token = more ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "";
        answer(
                exchange,
                200,
                "<ListBucketResult><Name>" + NAME + "</Name><IsTruncated>" + more + "</IsTruncated>" + token + entries
                        + "</ListBucketResult>");
    }

    private void awaitTurn(String prefix) throws IOException {
        try {
            if (!prefix.contains(".s3ds/")) {
                beforeListing.run();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> query(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            parts.put(sides[0], sides.length == 1 ? "" : URLDecoder.decode(sides[1], UTF_8));
        }
        return parts;
    }

    private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
