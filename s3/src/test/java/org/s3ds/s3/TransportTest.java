package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;

/** Which server is asked, in which way, and who may vouch for it. */
class TransportTest {
    private static final Key KEY = Key.of("/K");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "bkt, {}, bkt.s3.eu-west-1.amazonaws.com",
        "bkt, pathStyle=false, bkt.s3.eu-west-1.amazonaws.com",
        "bkt, pathStyle=true, s3.eu-west-1.amazonaws.com",
        "bkt.with.dots, {}, s3.eu-west-1.amazonaws.com",
        "bkt, dualStack=true, bkt.s3.dualstack.eu-west-1.amazonaws.com",
        "bkt, fips=true, bkt.s3-fips.eu-west-1.amazonaws.com",
        "bkt, accelerate=true, bkt.s3-accelerate.amazonaws.com"
    })
    void awsIsAskedUnderTheNameThatIsMeant(String bucket, String setting, String host) throws Exception {
        try (RecordingProxy proxy = new RecordingProxy()) {
            Map<String, Object> spec = spec(bucket, "eu-west-1");
            spec.put("proxy", proxy.address(""));
            if (!setting.equals("{}")) {
                String[] pair = setting.split("=", 2);
                spec.put(pair[0], Boolean.valueOf(pair[1]));
            }
            fails(spec, Map.of());
            assertEquals(List.of("CONNECT " + host + ":443 HTTP/1.1"), proxy.lines("CONNECT"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://s3.test:9000, auto, http://s3.test:9000/bkt/K, s3.test:9000",
        "http://s3.test:9000, false, http://bkt.s3.test:9000/K, bkt.s3.test:9000",
        "http://[::1]:9000, auto, http://[::1]:9000/bkt/K, [::1]:9000",
        "http://192.0.2.1, false, http://192.0.2.1/bkt/K, 192.0.2.1",
        "http://s3.test/a/path, auto, http://s3.test/a/path/bkt/K, s3.test",
        "http://s3.test/a/path/, false, http://bkt.s3.test/a/path/K, bkt.s3.test"
    })
    void anEndpointIsAskedByNameAddressPortAndPath(String endpoint, String style, String uri, String host)
            throws Exception {
        try (RecordingProxy proxy = new RecordingProxy()) {
            Map<String, Object> spec = spec("bkt", "r");
            spec.put("regionEndpoint", endpoint);
            spec.put("pathStyle", style.equals("auto") ? style : Boolean.valueOf(style));
            spec.put("proxy", proxy.address(""));
            fails(spec, Map.of());
            assertEquals(List.of("GET " + uri + " HTTP/1.1"), proxy.lines("GET"));
            assertEquals(List.of("Host: " + host), proxy.lines("Host"));
        }
    }

    @Test
    void aProxyIsToldWhoAsksAndNobodyElseIs() throws Exception {
        try (RecordingProxy proxy = new RecordingProxy()) {
            Map<String, Object> spec = spec("b", "r");
            spec.put("regionEndpoint", "https://s3.test");
            spec.put("proxy", proxy.address("user:hidden@"));
            String message = fails(spec, Map.of());
            assertFalse(message.contains("hidden"), message);
            assertEquals(
                    List.of("Proxy-Authorization: Basic dXNlcjpoaWRkZW4="),
                    proxy.lines("Proxy-Authorization").stream().distinct().toList());
            assertFalse(S3Config.parse(new HashMap<>(spec)).toString().contains("hidden"));
        }
    }

    @Test
    void theProxyOfTheEnvironmentIsForHostsThatItDoesNotExempt() throws Exception {
        try (RecordingProxy proxy = new RecordingProxy();
                RecordingServer server = new RecordingServer(Set.of())) {
            Map<String, Object> spec = spec("b", "r");
            spec.put("regionEndpoint", "https://s3.test");
            fails(spec, Map.of("HTTPS_PROXY", proxy.address(""), "NO_PROXY", "example.com, .other"));
            assertEquals(List.of("CONNECT s3.test:443 HTTP/1.1"), proxy.lines("CONNECT"));
            Map<String, String> exempt = Map.of("https_proxy", proxy.address(""), "no_proxy", ".test");
            assertTrue(
                    ProxyChoice.of(Transport.STANDARD, exempt, true, "s3.test").isEmpty());
            try (Datastore store = open(server.spec(), Map.of("http_proxy", proxy.address("")))) {
                store.put(KEY, new byte[1]);
            }
            assertEquals(1, server.requests().size());
            String message = fails(spec, Map.of("HTTPS_PROXY", "socks://me:hidden@h"));
            assertTrue(message.startsWith("HTTPS_PROXY of the environment is \"socks://***@h\"; allowed: "), message);
        }
    }

    @Test
    void aServerIsTrustedByTheCertificatesOfTheFileAlone() throws Exception {
        Certificates certificates = new Certificates(folder);
        try (RecordingServer server = RecordingServer.secure(certificates.server("localhost", 1, 9), Set.of())) {
            Map<String, Object> spec = server.spec();
            assertTrue(fails(spec, Map.of()).startsWith("no secure connection to " + server.address()));
            spec.put("caFile", "ca.pem");
            try (Datastore store = open(spec, Map.of())) {
                store.put(KEY, new byte[1]);
            }
            assertEquals(1, server.requests().size());
        }
        try (RecordingServer other = RecordingServer.secure(certificates.server("other.test", 1, 9), Set.of());
                RecordingServer expired = RecordingServer.secure(certificates.server("localhost", 9, 3), Set.of())) {
            for (RecordingServer server : List.of(other, expired)) {
                Map<String, Object> spec = server.spec();
                spec.put("caFile", certificates.file().toString());
                String message = fails(spec, Map.of());
                assertTrue(message.startsWith("no secure connection to " + server.address()), message);
                assertEquals(List.of(), server.requests());
            }
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Files.write(folder.resolve("empty.pem"), new byte[0]);
        Files.writeString(
                folder.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n", UTF_8);
        Map<String, Object> spec = spec("b", "r");
        spec.put("regionEndpoint", "https://localhost:1");
        for (String file : List.of("empty.pem", "wrong.pem", "missing.pem")) {
            spec.put("caFile", file);
            String message = fails(spec, Map.of());
            assertTrue(message.startsWith("the caFile " + folder.resolve(file) + " "), message);
        }
        assertTrue(fails(spec, Map.of()).contains("cannot be read (NoSuchFileException)"));
    }

    @Test
    void whoShouldHandOutKeysAndDoesNotAnswerIsNamedAndNotTheServer() throws Exception {
        Map<String, Object> spec =
                new HashMap<>(Map.of("bucket", "b", "region", "r", "accessKey", "", "secretKey", ""));
        spec.put("regionEndpoint", "https://s3.test");
        try (RecordingProxy nobody = new RecordingProxy()) {
            spec.put("credentialsEndpoint", nobody.address("") + "/keys");
        }
        String message = fails(spec, Map.of("HOME", folder.toString()));
        assertTrue(message.startsWith("credentialsEndpoint http://127.0.0.1:"), message);
        assertTrue(message.contains("gave no keys"), message);
    }

    @Test
    void aProxyThatDoesNotAnswerIsNamedAndNotTheServer() throws Exception {
        Map<String, Object> spec = spec("b", "r");
        spec.put("regionEndpoint", "https://s3.test");
        try (RecordingProxy proxy = new RecordingProxy()) {
            spec.put("proxy", proxy.address("user:hidden@"));
        }
        String message = fails(spec, Map.of());
        assertTrue(message.startsWith("nothing answers at the proxy http://***@127.0.0.1:"), message);
        spec.put("proxy", "http://no-such-proxy.invalid:3128");
        message = fails(spec, Map.of());
        assertTrue(message.contains("correct \"proxy\""), message);
    }

    @Test
    void aVariableWhoseProxyDoesNotAnswerIsNamed() throws Exception {
        Map<String, Object> spec = spec("b", "r");
        for (String variable : List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY")) {
            spec.put("regionEndpoint", variable.equals("HTTP_PROXY") ? "http://s3.test" : "https://s3.test");
            String address;
            try (RecordingProxy proxy = new RecordingProxy()) {
                address = proxy.address("user:hidden@");
            }
            assertEquals(
                    "nothing answers at the proxy http://***@" + address.replaceFirst(".*@", "") + "; correct "
                            + variable + " of the environment",
                    fails(spec, Map.of(variable, address)).replaceFirst(" \\(.*", ""));
            String message = fails(spec, Map.of(variable, "http://no-such-proxy.invalid:3128"));
            assertTrue(message.contains("correct " + variable + " of the environment"), message);
        }
    }

    private static Map<String, Object> spec(String bucket, String region) {
        return new HashMap<>(Map.of("bucket", bucket, "region", region, "accessKey", "AK", "secretKey", "SK"));
    }

    private String fails(Map<String, Object> spec, Map<String, String> environment) throws DatastoreException {
        Map<String, Object> once = new HashMap<>(spec);
        once.put("retryMaxAttempts", 1L);
        try (Datastore store = open(once, environment)) {
            return String.valueOf(
                    assertThrows(S3Exception.class, () -> store.get(KEY)).getMessage());
        }
    }

    private Datastore open(Map<String, Object> spec, Map<String, String> environment) throws DatastoreException {
        return new S3Datastore(
                S3Config.parse(new HashMap<>(spec)),
                new StoreContext(folder, Metrics.none(), environment),
                new Governors());
    }
}
