package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.s3ds.s3.MisbehavingServer.Misbehaviour;
import org.s3ds.s3.MisbehavingServer.Reply;

/** What the store puts right by itself is said in the log: once, with what it was, and without a secret. */
@Timeout(60)
class MendedTest {
    private static final Persistence PERSISTENCE = new Persistence(3, Duration.ofMinutes(10), Duration.ofSeconds(30));

    private static void assertSaid(String line, Map<String, Object> keys, Misbehaviour misbehaviour) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(misbehaviour)) {
            FaultyCall.fill(server.bucket());
            Map<String, Object> spec = new HashMap<>(FaultyStore.spec(server.endpoint()));
            spec.putAll(keys);
            List<String> said = RecordedLog.during(() -> {
                try (FaultyStore store =
                        new FaultyStore(S3Config.parse(new HashMap<>(spec)), PERSISTENCE, new Random(1))) {
                    FaultyCall.GET.run(store.store(), server.bucket());
                    FaultyCall.PUT.run(store.store(), server.bucket());
                    FaultyCall.SIZE.run(store.store(), server.bucket());
                }
            });
            assertEquals(1, said.size(), said.toString());
            assertTrue(said.getFirst().matches(line), said.toString());
        }
    }

    @Test
    void theClock() throws Exception {
        assertSaid(
                "WARN this machine's clock is 3[56]\\d\\d s behind that of http://127\\.0\\.0\\.1:\\d+: requests are signed"
                        + " with the server's time; set the clock right",
                Map.of(),
                FaultRows::ahead);
    }

    @Test
    void theRegion() throws Exception {
        assertSaid(
                "WARN the bucket \"b\" is in region \"eu-west-9\", not \"us-east-1\": it is asked there from now on;"
                        + " correct \"region\" in the spec",
                Map.of(),
                FaultRows::elsewhere);
    }

    @Test
    void keysThatExpired() throws Exception {
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/keys", exchange -> {
            byte[] body = "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"SK\",\"Token\":\"hidden\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        try {
            String address = "http://127.0.0.1:" + keys.getAddress().getPort() + "/keys";
            assertSaid(
                    "INFO a server called the keys expired that came from credentials endpoint " + address
                            + ": they are looked for again",
                    Map.of("accessKey", "", "secretKey", "", "sessionToken", "", "credentialsEndpoint", address),
                    exchange -> exchange.send(
                            exchange.number() == 1 ? Reply.error(400, "ExpiredToken") : exchange.right()));
        } finally {
            keys.stop(0);
        }
    }
}
