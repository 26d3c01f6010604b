package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.s3ds.s3.MisbehavingServer.Reply;
import org.s3ds.s3.MisbehavingServer.Request;

/** One bucket in memory, which answers as S3 does. */
final class MemoryBucket implements FaultyCall.Contents {
    /** Names to a listing's page, where a few make several. */
    static final int SMALL_PAGE = 2;

    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final int page;

    /** With two names to a listing's page. */
    MemoryBucket() {
        this(SMALL_PAGE);
    }

    /** With so many names to a listing's page. */
    MemoryBucket(int page) {
        this.page = page;
    }

    @Override
    public List<String> names() {
        return List.copyOf(objects.keySet());
    }

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(objects.get(name)).map(bytes -> new String(bytes, UTF_8));
    }

    void put(String name, String text) {
        objects.put(name, text.getBytes(UTF_8));
    }

    void remove(String name) {
        objects.remove(name);
    }

    /** Carries a request out. */
    Reply answer(Request request) {
        String name = request.objectName();
        return switch (request.method()) {
            case "PUT" -> put(request, name);
            case "DELETE" -> {
                objects.remove(name);
                yield new Reply(204, Map.of(), new byte[0]);
            }
            case "POST" -> deleteAll(request, each -> "");
            default -> name.isEmpty() ? list(request) : get(name);
        };
    }

    private Reply put(Request request, String name) {
        boolean only = "*".equals(request.headers().get("if-none-match"));
        if (only && objects.putIfAbsent(name, request.body()) != null) {
            return Reply.error(412, "PreconditionFailed");
        }
        objects.put(name, request.body());
        return new Reply(200, Map.of("ETag", tag(request.body())), new byte[0]);
    }

    private Reply get(String name) {
        byte[] bytes = objects.get(name);
        return bytes == null
                ? Reply.error(404, "NoSuchKey")
                : new Reply(200, Map.of("ETag", tag(bytes), "Content-Type", "application/octet-stream"), bytes);
    }

    /**
     * Removes objects.
     *
     * @param code of the error for an object that is not removed, by its name; blank for those that are
     */
    Reply deleteAll(Request request, UnaryOperator<String> code) {
        String results = KEY.matcher(new String(request.body(), UTF_8))
                .results()
                .map((MatchResult found) -> found.group(1))
                .map(name -> deleted(name, code.apply(name)))
                .collect(Collectors.joining());
        return Reply.xml("<DeleteResult>" + results + "</DeleteResult>");
    }

    private String deleted(String name, String code) {
        if (!code.isEmpty()) {
            return "<Error><Key>" + name + "</Key><Code>" + code + "</Code></Error>";
        }
        objects.remove(name);
        return "<Deleted><Key>" + name + "</Key></Deleted>";
    }

    private Reply list(Request request) {
        Map<String, String> query = query(request.query());
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        String from = after.compareTo(prefix) < 0 ? prefix : after;
        List<String> rest = objects.tailMap(from, !from.equals(after)).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .limit(page + 1L)
                .toList();
        List<String> names = rest.subList(0, Math.min(page, rest.size()));
        Optional<String> next = rest.size() > page ? Optional.of(names.getLast()) : Optional.empty();
        return Reply.xml(listing(names.stream().map(this::entry).toList(), next));
    }

    private String entry(String name) {
        return entry(name, objects.getOrDefault(name, new byte[0]).length);
    }

    /** One object of a listing. */
    static String entry(String name, int size) {
        return "<Contents><Key>" + name + "</Key><Size>" + size + "</Size></Contents>";
    }

    /** A page of a listing. */
    static String listing(List<String> entries, Optional<String> next) {
        return "<ListBucketResult><IsTruncated>" + next.isPresent() + "</IsTruncated>"
                + next.map(token -> "<NextContinuationToken>" + token + "</NextContinuationToken>")
                        .orElse("")
                + String.join("", entries) + "</ListBucketResult>";
    }

    /** The parts of a query, decoded. */
    static Map<String, String> query(String text) {
        Map<String, String> parts = new TreeMap<>();
        for (String pair : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            parts.put(sides[0], sides.length == 1 ? "" : URLDecoder.decode(sides[1], UTF_8));
        }
        return parts;
    }

    private static String tag(byte[] bytes) {
        return "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
    }
}
