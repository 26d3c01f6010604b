package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.s3.ScriptedServer.Answer;

/** What goes wrong, and the sentence it gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ErrorsTest {
    private static final Key BLOCK = Key.of("CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I");
    private static final byte[] CONTENT = "hello world".getBytes(UTF_8);

    private TestServer server;

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        server = start(folder);
    }

    /** The server to run on; it may keep its buckets in the folder. */
    TestServer start(Path folder) throws IOException {
        return TestServer.embedded(folder);
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void noSuchBucketIsNeverAnAbsentBlock() throws DatastoreException {
        try (Datastore store = open(server.spec("nowhere", ""))) {
            String sentence = "there is no bucket \"nowhere\" at " + server.endpoint()
                    + "; create it, or correct \"bucket\" in the spec (";
            for (Executable request : requests(store)) {
                S3Exception failure = assertThrows(S3Exception.class, request);
                assertTrue(failure.toString().contains(sentence), failure.toString());
                assertEquals(404, failure.failure().status());
                assertEquals("NoSuchBucket", failure.failure().code());
                assertFalse(failure.failure().retryMayHelp());
            }
            deleteWithoutBucket(store);
        }
    }

    /** A delete where no bucket is: the embedded server says 204 all the same. */
    void deleteWithoutBucket(Datastore store) throws DatastoreException {
        store.delete(BLOCK);
    }

    @Test
    void aWrongSecretIsNeverAnAbsentBlock() throws DatastoreException {
        Map<String, @Nullable Object> spec = server.spec("bucket", "");
        spec.put("secretKey", "wrong");
        try (Datastore store = open(spec)) {
            for (Executable request : requests(store)) {
                S3Exception failure = assertThrows(S3Exception.class, request);
                assertEquals(403, failure.failure().status());
                assertEquals(1, failure.failure().attempts());
                assertFalse(failure.toString().contains("wrong"), "no secret in " + failure);
            }
            assertThrows(S3Exception.class, () -> store.delete(BLOCK));
            S3Exception failure = assertThrows(S3Exception.class, () -> store.get(BLOCK));
            assertTrue(failure.toString().contains("refused the signature"), failure.toString());
            assertTrue(failure.toString().contains("correct \"secretKey\""), failure.toString());
        }
    }

    @Test
    void anUnknownAccessKeyIsNamed() throws DatastoreException {
        Map<String, @Nullable Object> spec = server.spec("bucket", "");
        spec.put("accessKey", "UNKNOWN");
        try (Datastore store = open(spec)) {
            for (Executable request : requests(store)) {
                assertThrows(S3Exception.class, request);
            }
            S3Exception failure = assertThrows(S3Exception.class, () -> store.get(BLOCK));
            assertTrue(failure.toString().contains("does not know the access key \"UNKNOWN\""), failure.toString());
        }
    }

    @Test
    void anEndpointThatRefusesIsTriedAgainAndNamed() throws Exception {
        Map<String, @Nullable Object> spec = server.spec("bucket", "node1");
        spec.put("regionEndpoint", "http://127.0.0.1:" + unusedPort());
        try (Datastore store = open(spec)) {
            S3Exception failure = assertThrows(S3Exception.class, () -> store.get(BLOCK));
            String sentence = "nothing answers at " + spec.get("regionEndpoint")
                    + "; start the server, or correct \"regionEndpoint\" (get bucket/node1" + BLOCK + ": 6 attempts, ";
            assertTrue(failure.toString().contains(sentence), failure.toString());
            assertEquals(0, failure.failure().status());
            assertTrue(failure.failure().retryMayHelp());
        }
    }

    @Test
    void theServerRefusesABlockThatIsNotItsHash() throws DatastoreException {
        try (Datastore store = new S3Datastore(server.bucket("node1"), Metrics.none())) {
            S3Exception failure =
                    assertThrows(S3Exception.class, () -> store.put(BLOCK, "hello w0rld".getBytes(UTF_8)));
            assertEquals("XAmzContentSHA256Mismatch", failure.failure().code());
            assertTrue(failure.toString().contains("not those that the key's hash names"), failure.toString());
            assertTrue(store.get(BLOCK).isEmpty());
            store.put(BLOCK, CONTENT);
            assertArrayEquals(CONTENT, store.get(BLOCK).orElseThrow());
        }
    }

    @Test
    void aBatchTriesEverythingAndNamesWhatFailed() throws DatastoreException {
        try (Datastore store = new S3Datastore(server.bucket("node1"), Metrics.none())) {
            Batch batch = store.batch();
            batch.put(Key.of("good1"), CONTENT);
            batch.put(BLOCK, new byte[3]);
            batch.put(Key.ROOT, CONTENT);
            batch.put(Key.of("good2"), CONTENT);
            BatchException failure = assertThrows(BatchException.class, batch::commit);
            assertEquals(Set.of(BLOCK, Key.ROOT), failure.failures().keySet());
            assertTrue(failure.toString().contains("2 of 4 operations of a batch failed, on "), failure.toString());
            String reason = String.valueOf(failure.failures().get(BLOCK));
            assertTrue(reason.contains("node1" + BLOCK), reason);
            assertTrue(store.has(Key.of("good1")) && store.has(Key.of("good2")));
        }
    }

    @Test
    void aBulkDeleteAnsweredWith200MayHoldErrorsInside() throws Exception {
        String answer = """
                <DeleteResult><Deleted><Key>node1/K0</Key></Deleted><Error><Key>node1/K1</Key><Code>AccessDenied</Code><Message>no</Message></Error>
                </DeleteResult>""";
        try (ScriptedServer faulty = new ScriptedServer(request -> new Answer(200, answer));
                Datastore store = new S3Datastore(faulty.config("node1", ""), Metrics.none())) {
            Batch batch = store.batch();
            batch.delete(Key.of("K0"));
            batch.delete(Key.of("K1"));
            BatchException failure = assertThrows(BatchException.class, batch::commit);
            assertEquals(Set.of(Key.of("K1")), failure.failures().keySet());
            assertTrue(failure.toString().contains("b/node1/K1: status 200 AccessDenied"), failure.toString());
            ScriptedServer.Request request = faulty.requests().getFirst();
            assertTrue(request.body().contains("<Key>node1/K0</Key>"), request.body());
            assertTrue(request.headers().containsKey("content-md5"), "headers " + request.headers());
        }
    }

    @Test
    void aServerThatRecoversIsNotNoticed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RecordedMetrics metrics = new RecordedMetrics();
        try (ScriptedServer shaky = new ScriptedServer(request ->
                        asked.incrementAndGet() < 3 ? Answer.error(500, "InternalError") : new Answer(200, "value"));
                Datastore store = new S3Datastore(shaky.config("", ""), metrics)) {
            assertArrayEquals("value".getBytes(UTF_8), store.get(BLOCK).orElseThrow());
            assertEquals(Map.of("get", 3L), metrics.take());
        }
    }

    @Test
    void aBodyThatBreaksOffIsFetchedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer shaky =
                        new ScriptedServer(request -> new Answer(200, "value", asked.incrementAndGet() < 3 ? 4 : 0));
                Datastore store = new S3Datastore(shaky.config("", ""), Metrics.none())) {
            assertArrayEquals("value".getBytes(UTF_8), store.get(BLOCK).orElseThrow());
            assertEquals(3, asked.get());
        }
    }

    @Test
    void attemptsAreToldEvenWhereTheAnswerHasNoBody() throws Exception {
        try (ScriptedServer failing = new ScriptedServer(request -> Answer.error(500, "InternalError"));
                Datastore store = new S3Datastore(failing.config("", ""), Metrics.none())) {
            S3Exception failure = assertThrows(S3Exception.class, () -> store.has(BLOCK));
            assertEquals(6, failure.failure().attempts());
            assertTrue(failure.failure().retryMayHelp());
        }
    }

    @Test
    void aFailedProofIsAskedForAgain() throws Exception {
        AtomicInteger listings = new AtomicInteger();
        String empty = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
        try (ScriptedServer shaky = new ScriptedServer(request -> {
                    if (request.method().equals("HEAD")) {
                        return new Answer(404, "");
                    }
                    return listings.incrementAndGet() == 1 ? Answer.error(403, "AccessDenied") : new Answer(200, empty);
                });
                Datastore store = new S3Datastore(shaky.config("", ""), Metrics.none())) {
            assertThrows(S3Exception.class, () -> store.has(BLOCK));
            assertFalse(store.has(BLOCK));
            assertFalse(store.has(BLOCK));
            assertEquals(2, listings.get());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, PermanentRedirect, is in another region than",
        "400, AuthorizationHeaderMalformed, is in another region than",
        "403, RequestTimeTooSkewed, clock is off",
        "400, ExpiredToken, get new temporary keys",
        "403, AccessDenied, denies it; check the keys",
        "403, InvalidObjectState, archived",
        "404, Whatever, did not say that only the object is absent",
        "418, Whatever, refused the request"
    })
    void everyRefusalSaysWhatToDo(int status, String code, String words) throws Exception {
        try (ScriptedServer refusing = new ScriptedServer(request -> Answer.error(status, code));
                Datastore store = new S3Datastore(refusing.config("", ""), Metrics.none())) {
            S3Exception failure = assertThrows(S3Exception.class, () -> store.get(BLOCK));
            assertTrue(failure.toString().contains(words), failure.toString());
            assertEquals("REQ1", failure.failure().requestId());
            assertEquals(status, failure.failure().status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<html><body>Welcome! Please log in</body></html>",
        "<ListBucketResult></ListBucketResult>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"
    })
    void anAnswerThatIsNoListingIsNotAnEmptyBucket(String body) throws Exception {
        try (ScriptedServer portal = new ScriptedServer(request -> new Answer(200, body));
                Datastore store = new S3Datastore(portal.config("", ""), Metrics.none())) {
            assertThrows(
                    S3Exception.class, () -> store.query(Query.keys(Key.ROOT)).next());
        }
    }

    @Test
    void anAnswerThatNoS3ServerGivesIsNeitherAStoredBlockNorOneThatIsThere() throws Exception {
        try (ScriptedServer portal = new ScriptedServer(request -> new Answer(200, "<html>Please log in</html>"));
                Datastore store = new S3Datastore(portal.config("", ""), Metrics.none())) {
            for (Executable request : List.<Executable>of(
                    () -> store.put(BLOCK, CONTENT),
                    () -> store.get(BLOCK),
                    () -> store.has(BLOCK),
                    () -> store.size(BLOCK))) {
                S3Exception failure = assertThrows(S3Exception.class, request);
                assertTrue(failure.toString().contains("is not S3's: an object without an ETag"), failure.toString());
            }
        }
    }

    /** VersityGW answers so for files that were copied into its folder. */
    @Test
    void anObjectWithoutATagIsThereWhenAnS3ServerSaysSo() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(200, "<content/>"));
                Datastore store = new S3Datastore(server.config("", ""), Metrics.none())) {
            assertArrayEquals("<content/>".getBytes(UTF_8), store.get(BLOCK).orElseThrow());
            assertThrows(S3Exception.class, () -> store.put(BLOCK, CONTENT), "stored by nobody");
        }
    }

    private static Datastore open(Map<String, @Nullable Object> spec) throws DatastoreException {
        return new S3Datastore(S3Config.parse(spec), Metrics.none());
    }

    private static Executable[] requests(Datastore store) {
        return new Executable[] {
            () -> store.get(BLOCK),
            () -> store.has(BLOCK),
            () -> store.size(BLOCK),
            () -> store.put(BLOCK, CONTENT),
            () -> store.query(Query.keys(Key.ROOT)).next()
        };
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
