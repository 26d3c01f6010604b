package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.s3.S3Failure.Outcome;

/** Moto, as the datastore contract sees it, and what it alone shows. It believes any signature. */
@Tag("foreign")
class MotoContractTest {
    @Nested
    @ParameterizedClass
    @CsvSource("node1, SHORT, SHARED, true")
    class NodeRoot extends S3Contract {
        @Override
        TestServer start(Path folder) {
            return TestServer.running("s3ds.moto");
        }
    }

    @Test
    void anArchivedObjectIsThereAndCannotBeRead() throws Exception {
        try (TestServer server = TestServer.running("s3ds.moto")) {
            S3Config config = server.bucket("");
            archive(server.endpoint().resolve("/" + config.bucket() + "/K"));
            try (Datastore store = new S3Datastore(config, Metrics.none())) {
                assertTrue(store.has(Key.of("K")));
                assertEquals(OptionalLong.of(8), store.size(Key.of("K")));
                S3Exception failure = assertThrows(S3Exception.class, () -> store.get(Key.of("K")));
                assertEquals("InvalidObjectState", failure.failure().code());
                assertEquals(Outcome.REFUSED, failure.failure().outcome());
                assertTrue(failure.toString().contains("archived; restore it"), failure.toString());
            }
        }
    }

    /** Moto asks for a signature, and takes any. */
    private static void archive(URI object) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(object)
                    .PUT(BodyPublishers.ofString("archived"))
                    .header("x-amz-storage-class", "GLACIER")
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/s3/aws4_request")
                    .build();
            assertEquals(200, client.send(put, BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void createOnlyIsKept() throws Exception {
        byte[] first = "first".getBytes(UTF_8);
        byte[] second = "second".getBytes(UTF_8);
        try (TestServer server = TestServer.running("s3ds.moto");
                S3Bucket bucket = new S3Bucket(server.bucket(""), TestServer.context(Metrics.none()))) {
            S3Objects objects = new S3Objects(bucket);
            assertTrue(objects.createOnly("lease", first, DigestSigner.sha256Hex(first)));
            assertFalse(objects.createOnly("lease", second, DigestSigner.sha256Hex(second)));
            assertArrayEquals(first, objects.get("lease").orElseThrow());
        }
    }
}
