package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged, at which level, and what never is. */
class DebugLogTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETONLY";
    private static final String TOKEN = "IQoJb3JpZ2luX2VjSESSIONTOKENONLY//////////wEaCXVzLWVhc3QtMSJHMEUCIQ";
    private static final byte[] BLOCK = "a block".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private Cli cli = new Cli(Path.of(""));
    private HttpServer server;

    /** A server that keeps what it is given, and refuses what it is told to. */
    @BeforeEach
    void start() throws IOException {
        Map<String, byte[]> objects = new TreeMap<>();
        AtomicInteger requests = new AtomicInteger();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("x-amz-request-id", "REQ" + requests.incrementAndGet());
            exchange.getResponseHeaders().add("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"");
            byte[] sent = exchange.getRequestBody().readAllBytes();
            if (refusals.isEmpty()) {
                serve(exchange, objects, sent);
            } else {
                String code = refusals.removeFirst();
                answer(exchange, code.equals("SlowDown") ? 503 : 403, "<Error><Code>" + code + "</Code></Error>");
            }
        });
        server.start();
        cli = new Cli(directory);
        TestRepo.init(cli, spec());
        requests.set(0);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Map<String, Object> spec() {
        return Map.of(
                "type", "s3ds",
                "region", "us-east-1",
                "bucket", "blocks",
                "rootDirectory", "",
                "regionEndpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
                "accessKey", "AKIDEXAMPLE",
                "secretKey", SECRET,
                "sessionToken", TOKEN,
                "retryMaxAttempts", 2);
    }

    private static void serve(HttpExchange exchange, Map<String, byte[]> objects, byte[] sent) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(path, sent);
                answer(exchange, 200, "");
            }
            case "GET" -> {
                if (String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type")) {
                    answer(exchange, 200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
                } else if (objects.containsKey(path)) {
                    answer(exchange, 200, new String(objects.get(path), StandardCharsets.ISO_8859_1));
                } else {
                    answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
                }
            }
            default -> answer(exchange, objects.containsKey(path) ? 200 : 404, "");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
            boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Test
    void aRetriedSuccessIsLoggedForDebuggingAlone() {
        refusals.add("SlowDown");
        Cli.Result quiet = cli.pipe(BLOCK, "block", "put");
        assertEquals(0, quiet.exit());
        assertEquals("", quiet.err());
        refusals.add("SlowDown");
        Cli.Result debug = cli.pipe(BLOCK, "--debug", "block", "put");
        assertEquals(quiet.out(), debug.out());
        List<String> lines =
                debug.err().lines().filter(line -> line.contains("again in")).toList();
        assertEquals(1, lines.size(), debug.err());
        assertTrue(
                lines.getFirst()
                        .matches(
                                "\\S+Z DEBUG org\\.s3ds\\.s3\\.Calls: .*list blocks/\\.s3ds/claim/.*SlowDown.*request REQ\\d+.*"),
                lines.getFirst());
    }

    @Test
    void aFailureIsOneLineWithItsRequestId() {
        refusals.add("AccessDenied");
        Cli.Result denied = cli.pipe(BLOCK, "block", "put");
        assertEquals(1, denied.exit());
        assertEquals(1, denied.err().lines().count(), denied.err());
        assertTrue(denied.err().matches("(?s)Error: .*AccessDenied.*request REQ\\d+\\)\\n"), denied.err());
        refusals.addAll(List.of("SlowDown", "SlowDown"));
        Cli.Result throttled = cli.pipe(BLOCK, "block", "put");
        assertEquals(1, throttled.err().lines().count(), throttled.err());
        assertTrue(throttled.err().contains("2 attempts"), throttled.err());
    }

    @Test
    void noSecretIsInAnyLogErrorMetricOrConfigShown() throws Exception {
        ByteArrayOutputStream everything = new ByteArrayOutputStream();
        StringBuilder said = new StringBuilder();
        for (boolean debug : List.of(false, true)) {
            DebugLog.showOn(new PrintStream(everything, true, StandardCharsets.UTF_8), true);
            for (List<String> words : commands()) {
                List<String> all = new ArrayList<>(words);
                if (debug) {
                    all.add("-D");
                }
                refusals.addAll(all.contains("refs") ? List.of("SignatureDoesNotMatch") : List.of("SlowDown"));
                Cli.Result result = cli.pipe(BLOCK, all.toArray(String[]::new));
                refusals.clear();
                said.append(result.out()).append(result.err());
            }
        }
        String logged = everything.toString(StandardCharsets.UTF_8);
        assertTrue(logged.contains("org.apache.hc.client5.http.wire"), "the wire was not logged");
        assertTrue(logged.toLowerCase(Locale.ROOT).contains("x-amz-security-token: ***"), "no header was masked");
        assertTrue(logged.contains("software.amazon.awssdk"), "the SDK was not logged");
        said.append(logged).append(Files.readString(directory.resolve("counts.prom")));
        for (String secret : secrets()) {
            assertFalse(
                    said.toString().contains(secret), () -> secret + " was said: " + around(said.toString(), secret));
        }
        DebugLog.showOn(new PrintStream(ByteArrayOutputStream.nullOutputStream()), false);
    }

    private static List<List<String>> commands() {
        return List.of(
                List.of("block", "put"),
                List.of("add", "-Q"),
                List.of("block", "get", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"),
                List.of("block", "stat", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"),
                List.of("--metrics", "counts.prom", "refs", "local"),
                List.of("config", "show"),
                List.of("config", "Datastore.Spec"));
    }

    private static String around(String text, String secret) {
        int at = text.indexOf(secret);
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
    }

    /** The secret key, the token, and what is derived from the key: the key of this day's signatures. */
    private static List<String> secrets() throws GeneralSecurityException {
        List<String> secrets = new ArrayList<>(List.of(SECRET, TOKEN));
        for (LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
                !day.isAfter(LocalDate.now(ZoneOffset.UTC));
                day = day.plusDays(1)) {
            byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
            for (String step :
                    List.of(DateTimeFormatter.BASIC_ISO_DATE.format(day), "us-east-1", "s3", "aws4_request")) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                key = mac.doFinal(step.getBytes(StandardCharsets.UTF_8));
            }
            secrets.add(HexFormat.of().formatHex(key));
            secrets.add(Base64.getEncoder().encodeToString(key));
        }
        return secrets;
    }

    @Test
    void secretsInAnswersAreMasked() {
        assertEquals(
                "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"***\",\"Token\":\"***\"}",
                LoggedSecrets.masked("{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"s/e+c\",\"Token\":\"t==\"}"));
        assertEquals("<SessionToken>***</SessionToken>", LoggedSecrets.masked("<SessionToken>abc</SessionToken>"));
        assertEquals(
                "http-outgoing-0 >> Authorization: ***",
                LoggedSecrets.masked(
                        "http-outgoing-0 >> Authorization: AWS4-HMAC-SHA256 Credential=AK/2026, Signature=ab"));
        assertEquals(
                "x-amz-date:1\nx-amz-security-token:***\n\nhost",
                LoggedSecrets.masked("x-amz-date:1\nx-amz-security-token:abc\n\nhost"));
        assertEquals("put /a (3 bytes)", LoggedSecrets.masked("put /a (3 bytes)"));
    }
}
