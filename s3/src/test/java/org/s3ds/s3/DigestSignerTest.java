package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.s3.ScriptedServer.Answer;
import org.s3ds.s3.ScriptedServer.Request;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class DigestSignerTest {
    private static final byte[] PAYLOAD = "hello world".getBytes(UTF_8);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T18:30:00.123Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9000/b/K, ''",
        "https://b.s3.us-east-1.amazonaws.com/node1/a%20b, ''",
        "http://localhost/b/a%2Bb/%C3%A9, ''",
        "https://host:8443/b/K?x=1&b&a=%2F%20, ''",
        "http://127.0.0.1:9000/b/K, session/token+with=signs"
    })
    void itSignsAsTheSdkDoes(String uri, String session) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(URI.create(uri))
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Length", "11")
                .putHeader("x-amz-meta-odd", "  two   spaces ")
                .putHeader("User-Agent", "of no concern")
                .build();
        SdkHttpRequest hashed = request.toBuilder()
                .putHeader(DigestSigner.PAYLOAD_HASH, DigestSigner.sha256Hex(PAYLOAD))
                .build();
        SdkHttpRequest expected = sign(AwsV4HttpSigner.create(), request, session);
        SdkHttpRequest actual = sign(new DigestSigner(CLOCK), hashed, session);
        assertEquals(headers(expected), headers(actual));
    }

    @Test
    void namesAreEscapedAndTheSessionTokenIsSent() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> Answer.ok());
                Datastore store = new S3Datastore(server.config("/a b//é", "TOKEN"), Metrics.none())) {
            store.put(Key.of("/x+y z"), PAYLOAD);
            Request put = server.requests().getFirst();
            assertEquals("/b/a%20b/%C3%A9/x%2By%20z", put.path());
            assertEquals("TOKEN", put.headers().get("x-amz-security-token"));
            assertEquals(DigestSigner.sha256Hex(PAYLOAD), put.headers().get("x-amz-content-sha256"));
            assertTrue(put.headers().getOrDefault("authorization", "").contains("x-amz-security-token"));
        }
    }

    @Test
    void aPutIsAPlainBodyWithNothingAdded() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> Answer.ok());
                Datastore store = new S3Datastore(server.config("", ""), Metrics.none())) {
            store.put(Key.of("/CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I"), PAYLOAD);
            Request put = server.requests().getFirst();
            assertEquals("hello world", put.body());
            assertEquals("11", put.headers().get("content-length"));
            for (String absent : List.of("expect", "content-encoding", "transfer-encoding", "x-amz-trailer")) {
                assertEquals(Optional.empty(), Optional.ofNullable(put.headers().get(absent)), absent);
            }
            assertTrue(put.headers().keySet().stream().noneMatch(name -> name.startsWith("x-amz-checksum")));
        }
    }

    private static SdkHttpRequest sign(AwsV4HttpSigner signer, SdkHttpRequest request, String session) {
        AwsCredentialsIdentity keys = session.isEmpty()
                ? AwsCredentialsIdentity.create("AK", "SK")
                : AwsSessionCredentialsIdentity.create("AK", "SK", session);
        return signer.sign(r -> r.identity(keys)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(PAYLOAD))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, CLOCK))
                .request();
    }

    private static Map<String, List<String>> headers(SdkHttpRequest request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        return headers;
    }
}
