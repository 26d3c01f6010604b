package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.RecordingServer.Request;

/** What is sent with objects: byte for byte, only when it is set, and read back once. */
class ObjectHeadersTest {
    private static final byte[] VALUE = "hello world".getBytes(UTF_8);
    private static final Key KEY = Key.of("/K");
    private static final Set<String> ALL = Set.of(
            "x-amz-storage-class",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            CustomerKey.MD5_HEADER);

    @TempDir
    private Path folder;

    @Test
    void nothingIsSentThatIsNotSetAndNothingReadBack() throws Exception {
        try (RecordingServer server = new RecordingServer(Set.of());
                Datastore store = open(server, Map.of())) {
            store.put(KEY, VALUE);
            assertEquals(1, server.requests().size());
            assertEquals(
                    Set.of("x-amz-content-sha256", "x-amz-date"),
                    amz(server.requests().getFirst()).keySet());
            assertFalse(server.requests().getFirst().headers().containsKey("content-md5"));
        }
    }

    @Test
    void eachSettingHasItsHeaderOnPutsAndIsSigned() throws Exception {
        try (RecordingServer server = new RecordingServer(Set.of(
                        "x-amz-storage-class",
                        "x-amz-server-side-encryption",
                        "x-amz-server-side-encryption-aws-kms-key-id"));
                Datastore store = open(
                        server,
                        Map.of(
                                "sse", "kms",
                                "sseKmsKeyId", "key-1",
                                "storageClass", "STANDARD_IA",
                                "acl", "bucket-owner-full-control",
                                "requesterPays", true,
                                "expectedBucketOwner", "123456789012",
                                "checksum", "sha256"))) {
            store.put(KEY, VALUE);
            Map<String, String> put = amz(server.requests("PUT").getFirst());
            assertEquals("aws:kms", put.get("x-amz-server-side-encryption"));
            assertEquals("key-1", put.get("x-amz-server-side-encryption-aws-kms-key-id"));
            assertEquals("STANDARD_IA", put.get("x-amz-storage-class"));
            assertEquals("bucket-owner-full-control", put.get("x-amz-acl"));
            assertEquals("requester", put.get("x-amz-request-payer"));
            assertEquals("123456789012", put.get("x-amz-expected-bucket-owner"));
            assertEquals("uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", put.get("x-amz-checksum-sha256"));
            String signed = server.requests("PUT").getFirst().headers().getOrDefault("authorization", "");
            for (String header : put.keySet()) {
                assertTrue(signed.contains(header), header + " in " + signed);
            }
        }
    }

    @Test
    void whoPaysAndWhoOwnsIsSentWithEveryRequestTheRestIsNot() throws Exception {
        try (RecordingServer server = new RecordingServer(ALL);
                Datastore store = open(
                        server,
                        Map.of("requesterPays", true, "expectedBucketOwner", "123456789012", "storageClass", "X"))) {
            store.put(KEY, VALUE);
            store.get(KEY);
            store.has(KEY);
            store.delete(KEY);
            for (Request request : server.requests()) {
                assertEquals("requester", request.headers().get("x-amz-request-payer"), request.method());
                assertEquals("123456789012", request.headers().get("x-amz-expected-bucket-owner"), request.method());
                assertEquals(
                        request.method().equals("PUT"),
                        request.headers().containsKey("x-amz-storage-class"),
                        request.method());
            }
        }
    }

    @Test
    void md5IsAHeaderOnThePlainBody() throws Exception {
        try (RecordingServer server = new RecordingServer(Set.of());
                Datastore store = open(server, Map.of("checksum", "md5"))) {
            store.put(KEY, VALUE);
            Map<String, String> put = server.requests("PUT").getFirst().headers();
            assertEquals("XrY7u+Ae7tCTyyK7j1rNww==", put.get("content-md5"));
            assertEquals("11", put.get("content-length"));
            assertEquals(DigestSigner.sha256Hex(VALUE), put.get("x-amz-content-sha256"));
            assertFalse(put.containsKey("content-encoding") || put.containsKey("x-amz-trailer"), put::toString);
        }
    }

    @Test
    void anUnsignedPayloadHasItsChecksum() throws Exception {
        try (RecordingServer server = new RecordingServer(Set.of());
                Datastore store = open(server, Map.of("checksum", "sha256", "payloadSigning", "unsigned"))) {
            store.put(KEY, VALUE);
            Map<String, String> put = server.requests("PUT").getFirst().headers();
            assertEquals("UNSIGNED-PAYLOAD", put.get("x-amz-content-sha256"));
            assertEquals("uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", put.get("x-amz-checksum-sha256"));
            assertTrue(put.getOrDefault("authorization", "").contains("x-amz-checksum-sha256"), put::toString);
        }
    }

    @Test
    void theFirstPutIsReadBackOnce() throws Exception {
        try (RecordingServer server = new RecordingServer(ALL);
                Datastore store = open(server, Map.of("storageClass", "STANDARD_IA", "sse", "s3"))) {
            store.put(KEY, VALUE);
            store.put(Key.of("/K2"), VALUE);
            assertEquals(
                    List.of("PUT", "HEAD", "PUT"),
                    server.requests().stream().map(Request::method).toList());
        }
    }

    @Test
    void aServerThatIgnoresASettingIsFoundOutAndNotBelievedAgain() throws Exception {
        assertIgnored(
                Map.of("storageClass", "STANDARD_IA"),
                "storageClass is \"STANDARD_IA\", and the server answered 200 to the put and says STANDARD;"
                        + " leave storageClass out, or use a server that heeds it");
        assertIgnored(
                Map.of("sse", "s3"), "sse is \"s3\", and the server answered 200 to the put and says nothing of it; ");
        assertIgnored(
                Map.of("tags", Map.of("team", "ipfs")),
                "tags is \"{team=ipfs}\", and the server answered 200 to the put and kept none; ");
        assertIgnored(
                Map.of("acl", "public-read"),
                "acl is \"public-read\", and the server answered 200 to the put and grants nothing; ");
    }

    @Test
    void anotherKeyOfKmsThanTheOneAskedForIsFoundOut() throws Exception {
        try (RecordingServer server = new RecordingServer(Set.of("x-amz-server-side-encryption"));
                Datastore store = open(server, Map.of("sse", "kms", "sseKmsKeyId", "key-1"))) {
            String message = String.valueOf(
                    assertThrows(S3Exception.class, () -> store.put(KEY, VALUE)).getMessage());
            assertTrue(message.startsWith("sseKmsKeyId is \"key-1\", and the server answered 200 to the put"), message);
        }
    }

    private void assertIgnored(Map<String, Object> keys, String sentence) throws Exception {
        try (RecordingServer server = new RecordingServer(Set.of());
                Datastore store = open(server, keys)) {
            for (Key key : List.of(KEY, Key.of("/K2"))) {
                String message = String.valueOf(assertThrows(S3Exception.class, () -> store.put(key, VALUE))
                        .getMessage());
                assertTrue(message.startsWith(sentence), message);
            }
            assertEquals(1, server.requests("HEAD").size());
        }
    }

    @Test
    void ourKeyIsSentWithEveryRequestAboutBytes() throws Exception {
        Certificates certificates = new Certificates(folder);
        keyFile("0123456789abcdef0123456789abcdef".getBytes(UTF_8), "rw-------");
        try (RecordingServer server = RecordingServer.secure(certificates.server("localhost", 1, 9), ALL);
                Datastore store = open(server, Map.of("caFile", "ca.pem", "sse", "c", "sseCustomerKeyFile", "key"))) {
            store.put(KEY, VALUE);
            assertArrayEquals(VALUE, store.get(KEY).orElseThrow());
            store.has(KEY);
            store.delete(KEY);
            assertEquals(
                    List.of("PUT", "HEAD", "GET", "HEAD", "DELETE"),
                    server.requests().stream().map(Request::method).toList());
            for (Request request : server.requests()) {
                boolean isAboutBytes = !request.method().equals("DELETE");
                assertEquals(
                        isAboutBytes ? "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=" : "",
                        request.headers().getOrDefault("x-amz-server-side-encryption-customer-key", ""));
                assertEquals(
                        isAboutBytes ? "AES256" : "",
                        request.headers().getOrDefault("x-amz-server-side-encryption-customer-algorithm", ""));
            }
        }
    }

    @Test
    void aKeyMayBeInBase64AndForNobodyElseToSee() throws IOException {
        byte[] key = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
        Map<String, String> raw = CustomerKey.read(keyFile(key, "rw-------")).headers();
        byte[] text = (Base64.getEncoder().encodeToString(key) + "\n").getBytes(UTF_8);
        assertEquals(raw, CustomerKey.read(keyFile(text, "r--------")).headers());
        for (String others : List.of("rw-r-----", "rw----r--", "rwx------")) {
            Path open = keyFile(key, others);
            assertMessage("the sseCustomerKeyFile " + open + " is not for its owner's eyes alone; chmod 600 it", open);
        }
        Path wrong = keyFile("secret".getBytes(UTF_8), "rw-------");
        assertMessage(
                "the sseCustomerKeyFile " + wrong
                        + " holds no key of 32 bytes; write them there as they are, or in base64",
                wrong);
        Files.delete(wrong);
        assertMessage("the sseCustomerKeyFile " + wrong + " cannot be read (NoSuchFileException)", wrong);
    }

    private static void assertMessage(String message, Path file) {
        assertEquals(
                message,
                assertThrows(UnusableSetting.class, () -> CustomerKey.read(file))
                        .getMessage());
    }

    private Path keyFile(byte[] content, String permissions) throws IOException {
        Path file = folder.resolve("key");
        Files.deleteIfExists(file);
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Datastore open(RecordingServer server, Map<String, Object> keys) throws DatastoreException {
        Map<String, Object> spec = server.spec();
        spec.putAll(keys);
        return new S3Datastore(
                S3Config.parse(new HashMap<>(spec)),
                new StoreContext(folder, Metrics.none(), Map.of()),
                new Governors());
    }

    private static Map<String, String> amz(Request request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.keySet().removeIf(name -> !name.startsWith("x-amz-"));
        return headers;
    }
}
