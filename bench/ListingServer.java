import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bucket of block names that does nothing but list them, each page after a while: {@code ListingServer NAMES
 * MILLISECONDS}. Prints its address, and runs until it is killed.
 */
public final class ListingServer {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final String[] names;
    private final long delay;

    private ListingServer(int names, long delay) throws GeneralSecurityException {
        this.names = new String[names];
        this.delay = delay;
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < names; i++) {
            byte[] digest = sha256.digest(ByteBuffer.allocate(4).putInt(i).array());
            this.names[i] = base32(ByteBuffer.allocate(34)
                    .put((byte) 0x12)
                    .put((byte) 32)
                    .put(digest)
                    .array());
        }
        Arrays.sort(this.names);
    }

    public static void main(String[] arguments) throws Exception {
        ListingServer server = new ListingServer(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", server::answer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        System.out.println("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delay));
            byte[] body =
                    page(parameters(exchange.getRequestURI().getRawQuery())).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query.split("&")) {
            int at = each.indexOf('=');
            parameters.put(at < 0 ? each : each.substring(0, at), URLDecoder.decode(each.substring(at + 1), UTF_8));
        }
        return parameters;
    }

    private String page(Map<String, String> parameters) {
        String after = parameters.getOrDefault("continuation-token", parameters.getOrDefault("start-after", ""));
        int found = Arrays.binarySearch(names, after);
        int from = found < 0 ? -found - 1 : found + 1;
        int to = Math.min(names.length, from + Integer.parseInt(parameters.getOrDefault("max-keys", "1000")));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name><Prefix/>")
                .append("<KeyCount>")
                .append(to - from)
                .append("</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>")
                .append(to < names.length)
                .append("</IsTruncated>");
        if (to < names.length) {
            xml.append("<NextContinuationToken>").append(names[to - 1]).append("</NextContinuationToken>");
        }
        for (int i = from; i < to; i++) {
            xml.append("<Contents><Key>")
                    .append(names[i])
                    .append("</Key>")
                    .append("<LastModified>2026-11-25T20:00:00.000Z</LastModified>")
                    .append("<ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>262158</Size>")
                    .append("<StorageClass>STANDARD</StorageClass></Contents>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte next : bytes) {
            bits = (bits << 8 | (next & 0xff)) & 0xffff;
            for (held += 8; held >= 5; held -= 5) {
                text.append(DIGITS.charAt(bits >> (held - 5) & 31));
            }
        }
        return text.append(held > 0 ? DIGITS.charAt(bits << (5 - held) & 31) : "")
                .toString();
    }
}
