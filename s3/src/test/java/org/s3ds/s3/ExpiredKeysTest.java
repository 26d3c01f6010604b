package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.s3ds.s3.MisbehavingServer.Reply;

/** Keys that a server takes no longer, though they said that they would last, are asked for anew; once. */
@Timeout(60)
class ExpiredKeysTest {
    private static final Persistence PERSISTENCE = new Persistence(3, Duration.ofMinutes(10), Duration.ofSeconds(30));

    private final AtomicInteger handedOut = new AtomicInteger();
    private HttpServer keys;

    @BeforeEach
    void aServerThatHandsOutKeys() throws Exception {
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/keys", exchange -> {
            byte[] body = "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"SK\",\"Token\":\"T%d\",\"Expiration\":\"%s\"}"
                    .formatted(handedOut.incrementAndGet(), Instant.now().plusSeconds(3_600))
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
    }

    @AfterEach
    void stop() {
        keys.stop(0);
    }

    @ParameterizedTest
    @EnumSource
    void newKeysAreAskedForOnce(FaultyCall call) throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(exchange -> exchange.send(
                        exchange.request()
                                        .headers()
                                        .getOrDefault("x-amz-security-token", "")
                                        .equals("T1")
                                ? Reply.error(400, "ExpiredToken")
                                : exchange.right()));
                FaultyStore store = store(server)) {
            FaultyCall.fill(server.bucket());
            call.run(store.store(), server.bucket());
            // requests of a batch that fail together may each ask
            assertTrue(
                    handedOut.get() == 2 || (call == FaultyCall.BATCH && handedOut.get() <= 4), handedOut.toString());
        }
    }

    @Test
    void keysThatAreNeverTakenAreAFailure() throws Exception {
        try (MisbehavingServer server =
                        new MisbehavingServer(exchange -> exchange.send(Reply.error(400, "ExpiredToken")));
                FaultyStore store = store(server)) {
            S3Exception failure =
                    assertThrows(S3Exception.class, () -> FaultyCall.GET.run(store.store(), server.bucket()));
            assertEquals(2, failure.failure().attempts());
            assertEquals(2, handedOut.get());
            assertTrue(failure.toString().contains("get new temporary keys"), failure.toString());
        }
    }

    private FaultyStore store(MisbehavingServer server) throws Exception {
        S3Config config = S3Config.parse(Map.of(
                "region",
                "us-east-1",
                "bucket",
                "b",
                "accessKey",
                "",
                "secretKey",
                "",
                "regionEndpoint",
                server.endpoint(),
                "credentialsEndpoint",
                "http://127.0.0.1:" + keys.getAddress().getPort() + "/keys",
                "rootDirectory",
                "node1"));
        return new FaultyStore(config, PERSISTENCE, new Random(1));
    }
}
