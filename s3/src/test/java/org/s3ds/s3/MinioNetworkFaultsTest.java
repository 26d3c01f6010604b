package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Metrics;
import org.s3ds.s3.FaultyCall.Contents;

/** Faults of the network between the store and MinIO: a failure that says so, and once they pass, the right value. */
@Tag("foreign")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MinioNetworkFaultsTest {
    private static final int ATTEMPTS = 2;
    private static final Persistence PERSISTENCE =
            new Persistence(ATTEMPTS, Duration.ofMinutes(10), Duration.ofSeconds(1));

    private TestServer server;
    private Toxiproxy proxy;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.running("s3ds.minio");
        proxy = new Toxiproxy(System.getProperty("s3ds.toxiproxy", "toxiproxy-server"), server.endpoint());
    }

    @AfterAll
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    /** Kinds of toxic, with what they are set to. */
    static Stream<Arguments> faults() {
        return Stream.of(
                        List.of("reset_peer", "\"timeout\":0"),
                        List.of("timeout", "\"timeout\":0"),
                        List.of("limit_data", "\"bytes\":8"),
                        // a status line, and nothing that tells that there should be more
                        List.of("limit_data", "\"bytes\":27"),
                        List.of("bandwidth", "\"rate\":0"),
                        List.of("latency", "\"latency\":3000"),
                        List.of("slicer", "\"average_size\":1,\"size_variation\":0,\"delay\":50000"),
                        List.of("disabled", ""))
                .flatMap(toxic -> Stream.of(FaultyCall.values())
                        .map(call -> Arguments.of(toxic.getFirst(), toxic.getLast(), call)));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("faults")
    void itIsToldAndWhenItPassesTheAnswerIsRight(String toxic, String attributes, FaultyCall call) throws Exception {
        S3Config direct = server.bucket("node1");
        try (S3Bucket bucket = new S3Bucket(direct, TestServer.context(Metrics.none()));
                FaultyStore store = new FaultyStore(
                        direct.withEndpoint(URI.create(proxy.endpoint())), PERSISTENCE, new Random(1))) {
            Contents contents = contents(bucket);
            fill(bucket);
            spoil(toxic, attributes);
            DatastoreException failure;
            try {
                failure = assertThrows(DatastoreException.class, () -> call.run(store.store(), contents));
            } finally {
                proxy.heal();
            }
            assertTells(failure);
            call.run(store.store(), contents);
        }
    }

    private void spoil(String toxic, String attributes) throws Exception {
        if (toxic.equals("disabled")) {
            proxy.disable();
        } else {
            proxy.spoil(toxic, attributes);
        }
    }

    private static void assertTells(DatastoreException failure) {
        for (S3Exception one : FaultyCall.failures(failure)) {
            S3Failure told = one.failure();
            assertEquals(0, told.status(), one.toString());
            assertEquals(ATTEMPTS, told.attempts(), one.toString());
            assertTrue(told.retryMayHelp(), one.toString());
        }
    }

    private static void fill(S3Bucket bucket) throws S3Exception {
        for (int i = 0; i < 5; i++) {
            byte[] value = ("value " + i).getBytes(UTF_8);
            new S3Objects(bucket).put("node1/K" + i, value, DigestSigner.sha256Hex(value));
        }
    }

    private static Contents contents(S3Bucket bucket) {
        return new Contents() {
            @Override
            public List<String> names() throws DatastoreException {
                return bucket.list("node1/", "", Optional.empty(), S3Bucket.PAGE).objects().stream()
                        .map(Listed::name)
                        .toList();
            }

            @Override
            public Optional<String> text(String name) throws DatastoreException {
                return new S3Objects(bucket).get(name).map(bytes -> new String(bytes, UTF_8));
            }
        };
    }
}
