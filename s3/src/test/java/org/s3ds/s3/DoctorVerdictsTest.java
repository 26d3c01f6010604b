package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Finding.Verdict;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.S3Failure.Outcome;
import org.s3ds.s3.SloppyServer.Lack;

/** What a doctor says when a key may do little, when the server is none, and of buckets that are only for reading. */
class DoctorVerdictsTest {
    private static final StoreContext CONTEXT =
            new StoreContext(Path.of("").toAbsolutePath(), Metrics.none(), Map.of());

    private static final String BLOCK = "r/CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I";

    private static List<Finding> examine(S3Config config) {
        List<Finding> heard = new ArrayList<>();
        new S3Doctor(config, Map.of()).examine(CONTEXT, heard::add);
        return heard;
    }

    private static Stream<Finding> about(String check, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.check().equals(check));
    }

    private static Verdict verdict(String check, List<Finding> findings) {
        return about(check, findings).findFirst().orElseThrow().verdict();
    }

    /** A spec of a bucket on a server, to be read from. */
    private static Map<String, @Nullable Object> spec(SloppyServer server, String root) throws Exception {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.putAll(Map.of("region", "us-east-1", "bucket", "b", "accessKey", "AK", "secretKey", "SK"));
        spec.put("regionEndpoint", server.config("").place().toString());
        spec.put("rootDirectory", root);
        return spec;
    }

    @Test
    void aKeyThatMayOnlyReadIsToldWhatItMayNot() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of(), Lack.PUT)) {
            List<Finding> findings = examine(server.config("r"));
            assertEquals(Verdict.BAD, verdict("put", findings));
            assertEquals(Verdict.BAD, verdict("hash", findings), "a refusal of every put proves nothing about hashes");
            assertEquals(Verdict.WARNING, verdict("put 4 KiB", findings));
            assertEquals(0, about("get 4 KiB", findings).count(), "what could not be put is not got");
            assertEquals(Verdict.GOOD, verdict("cleaning up", findings));
        }
    }

    @Test
    void whatNeedsAPutThatFailedIsNotTried() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of(), Lack.PUT)) {
            List<Finding> findings = examine(server.config("r"));
            for (String check : List.of("get", "head", "range", "list", "list pages", "delete", "bulk delete")) {
                assertEquals(
                        List.of(Finding.untold(check, "the put above failed", "")),
                        about(check, findings).toList());
            }
            assertEquals(
                    List.of("allow s3:PutObject on arn:aws:s3:::b/r/*"),
                    findings.stream()
                            .filter(finding -> finding.verdict() == Verdict.BAD)
                            .map(Finding::advice)
                            .distinct()
                            .toList());
        }
    }

    @Test
    void aKeyThatMayNotDeleteIsToldOnceWhatIsLeft() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of(), Lack.DELETE)) {
            List<Finding> findings = examine(server.config("r"));
            assertEquals(
                    List.of(Verdict.WARNING),
                    about("cleaning up", findings).map(Finding::verdict).toList());
            assertEquals(
                    "allow s3:DeleteObject on arn:aws:s3:::b/r/*",
                    about("delete", findings).findFirst().orElseThrow().advice());
        }
    }

    @Test
    void oneDayIsNotDays() throws Exception {
        Map<String, String> rules = Map.of("object-lock", """
                <ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>\
                <Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>""");
        try (SloppyServer server = new SloppyServer(rules)) {
            assertEquals(
                    "each object is kept by force for 1 day",
                    about("object lock", examine(server.config("r")))
                            .findFirst()
                            .orElseThrow()
                            .found());
        }
    }

    @Test
    void aLoginPageIsNoServer() throws Exception {
        byte[] page = "<html><body>Log in</body></html>".getBytes(StandardCharsets.UTF_8);
        HttpServer portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portal.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        portal.start();
        try {
            URI endpoint = URI.create("http://127.0.0.1:" + portal.getAddress().getPort());
            List<Finding> findings =
                    examine(S3Config.of("b", "us-east-1").withEndpoint(endpoint).withKeys("AK", "SK"));
            assertEquals(
                    List.of("credentials", "reach"),
                    findings.stream().map(Finding::check).toList());
            assertTrue(findings.getLast().found().contains("is not S3's"), findings.toString());
        } finally {
            portal.stop(0);
        }
    }

    @Test
    void bucketsToReadFromAreReadAndNotWrittenTo() throws Exception {
        try (SloppyServer first = new SloppyServer(Map.of())) {
            Map<String, @Nullable Object> spec = spec(first, "r");
            try (SloppyServer second = new SloppyServer(Map.of())) {
                second.objects().put(BLOCK, new byte[11]);
                spec.put("readBuckets", List.of(spec(second, "r"), spec(second, "empty")));
                assertEquals(
                        List.of(Verdict.GOOD, Verdict.UNTOLD),
                        about("read bucket b", examine(S3Config.parse(spec)))
                                .map(Finding::verdict)
                                .toList());
                assertEquals(List.of(BLOCK), List.copyOf(second.objects().keySet()));
            }
            assertEquals(Verdict.BAD, verdict("read bucket b", examine(S3Config.parse(spec))));
        }
    }

    @Test
    void clocksThatAreFarApartAreAWarning() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of())) {
            for (Duration offset : List.of(Duration.ofMinutes(-6), Duration.ofMinutes(6), Duration.ofMinutes(4))) {
                List<Finding> findings = new ArrayList<>();
                Clock clock = Clock.offset(Clock.systemUTC(), offset);
                try (Examination examination = new Examination(server.config("r"), CONTEXT, clock, findings::add)) {
                    examination.examine();
                }
                boolean isFar = offset.abs().toMinutes() > 5;
                assertEquals(isFar ? Verdict.WARNING : Verdict.GOOD, verdict("clock", findings), offset.toString());
            }
        }
    }

    @Test
    void theHostsNameIsNotTriedWhereThereIsNone() throws Exception {
        try (SloppyServer server = new SloppyServer(Map.of())) {
            assertEquals(
                    List.of("not tried: an address has the bucket in the path"),
                    about("virtual-host style", examine(server.config("r")))
                            .map(Finding::found)
                            .toList());
        }
    }

    @Test
    void whatIsReadBackNeedsPermissionsToo() throws Exception {
        S3Config config = S3Config.parse(Map.of(
                "region",
                "us-east-1",
                "bucket",
                "b",
                "accessKey",
                "",
                "secretKey",
                "",
                "acl",
                "private",
                "tags",
                Map.of("team", "blue")));
        String policy = new S3Doctor(config, Map.of()).policy().orElseThrow();
        for (String action : List.of("PutObjectTagging", "GetObjectTagging", "PutObjectAcl", "GetObjectAcl")) {
            assertTrue(policy.contains("\"s3:" + action + "\""), policy);
        }
        S3Failure denied =
                new S3Failure("get_acl", "b/x", Outcome.REFUSED, 403, "AccessDenied", 1, Duration.ZERO, "", false);
        assertEquals(
                "allow s3:GetObjectAcl on arn:aws:s3:::b/*",
                Advice.about(new S3Exception("denied", denied, null), config));
    }
}
