package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class EndpointCredentialsTest {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String answer = "";
    private HttpServer server;

    @BeforeEach
    void aServerThatHandsOutKeys() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    private static String keys(String rest) {
        return "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"SK\"" + rest + "}";
    }

    private static String expiration(Duration in) {
        return ",\"Token\":\"T\",\"Expiration\":\"" + Instant.now().plus(in) + "\"";
    }

    @Test
    void keysAreAskedForOnceWhileTheyAreGood() {
        answer = keys(expiration(Duration.ofHours(1)));
        EndpointCredentials credentials = new EndpointCredentials(address());
        assertEquals(0, asked.get());
        assertEquals(AwsSessionCredentials.create("AK", "SK", "T"), withoutExpiry(credentials));
        assertEquals(AwsSessionCredentials.create("AK", "SK", "T"), withoutExpiry(credentials));
        assertEquals(1, asked.get());
    }

    private static AwsSessionCredentials withoutExpiry(EndpointCredentials credentials) {
        return (AwsSessionCredentials) credentials.resolveCredentials();
    }

    @Test
    void keysAreAskedForAgainTwoMinutesBeforeTheyExpire() {
        answer = keys(expiration(Duration.ofSeconds(100)));
        EndpointCredentials credentials = new EndpointCredentials(address());
        credentials.resolveCredentials();
        credentials.resolveCredentials();
        assertTrue(asked.get() > 1, "asked " + asked.get() + " times");
    }

    @Test
    void keysWithoutExpirationOrTokenAreGoodForLong() {
        answer = keys("");
        EndpointCredentials credentials = new EndpointCredentials(address());
        credentials.resolveCredentials();
        assertEquals(AwsBasicCredentials.create("AK", "SK"), credentials.resolveCredentials());
        assertEquals(1, asked.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no json", "{\"AccessKeyId\":\"AK\",\"SecretAccessKey\":\"\"}", "[1]"})
    void anAnswerWithoutKeysIsAFailureThatNamesTheServer(String text) {
        answer = text;
        String message = String.valueOf(
                assertThrows(SdkClientException.class, () -> new EndpointCredentials(address()).resolveCredentials())
                        .getMessage());
        assertTrue(message.contains(address().toString()), message);
    }

    @Test
    void theSpecsServerIsAskedLast() {
        S3Keys none = new S3Keys("", "", "");
        answer = keys("");
        String before = System.setProperty("aws.disableEc2Metadata", "true");
        try {
            String chain = SdkSettings.credentials(none, Optional.of(address())).toString();
            assertTrue(chain.indexOf("DefaultCredentialsProvider") < chain.indexOf("EndpointCredentials"), chain);
        } finally {
            if (before == null) {
                System.clearProperty("aws.disableEc2Metadata");
            } else {
                System.setProperty("aws.disableEc2Metadata", before);
            }
        }
        assertEquals(
                AwsBasicCredentials.create("a", "b"),
                SdkSettings.credentials(new S3Keys("a", "b", ""), Optional.of(address()))
                        .resolveCredentials());
        assertEquals(0, asked.get());
    }
}
