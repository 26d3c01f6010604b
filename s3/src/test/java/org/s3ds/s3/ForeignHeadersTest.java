package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;

/** What is sent with objects, as a second client finds it on servers that others wrote. */
@Tag("foreign")
class ForeignHeadersTest {
    private static final byte[] VALUE = "hello world".getBytes(UTF_8);
    private static final Key KEY = Key.of("/K");

    @TempDir
    private Path folder;

    private final String bucket = "headers-" + HexFormat.of().toHexDigits(new Random().nextInt());

    @Test
    void minioEncryptsWithOurKeyAndGivesNothingWithoutIt() throws Exception {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
        Path key = Files.write(folder.resolve("key"), secret);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Map<String, @Nullable Object> plain = spec("s3ds.minio.tls");
        plain.put("caFile", System.getProperty("s3ds.minio.ca"));
        create(plain);
        Map<String, @Nullable Object> encrypted = new HashMap<>(plain);
        encrypted.putAll(Map.of("sse", "c", "sseCustomerKeyFile", "key"));
        try (Datastore store = open(encrypted);
                Datastore other = open(plain)) {
            store.put(KEY, VALUE);
            assertArrayEquals(VALUE, store.get(KEY).orElseThrow());
            assertEquals(VALUE.length, store.size(KEY).orElseThrow());
            assertEquals(
                    400,
                    assertThrows(S3Exception.class, () -> other.get(KEY))
                            .failure()
                            .status());
        }
    }

    @Test
    void minioKeepsTagsAndRefusesAStorageClassThatItHasNot() throws Exception {
        Map<String, @Nullable Object> plain = spec("s3ds.minio");
        create(plain);
        Map<String, @Nullable Object> tagged = new HashMap<>(plain);
        tagged.put("tags", Map.of("team", "ipfs + co", "kind", "block"));
        try (Datastore store = open(tagged);
                S3Bucket other = bucket(plain)) {
            store.put(KEY, VALUE);
            assertEquals(Map.of("team", "ipfs + co", "kind", "block"), other.tags("K"));
        }
        plain.put("storageClass", "STANDARD_IA");
        try (Datastore store = open(plain)) {
            assertEquals(
                    "InvalidStorageClass",
                    assertThrows(S3Exception.class, () -> store.put(KEY, VALUE))
                            .failure()
                            .code());
        }
    }

    /** MinIO answers for {@code BUCKET.s3.test} as its own proxy, so that no name need be resolved. */
    @Test
    void minioIsAskedByTheBucketsName() throws Exception {
        Map<String, @Nullable Object> spec = spec("s3ds.minio");
        create(spec);
        spec.put("proxy", spec.get("regionEndpoint"));
        spec.put("regionEndpoint", "http://s3.test");
        spec.put("pathStyle", false);
        try (Datastore store = open(spec)) {
            store.put(KEY, VALUE);
            assertArrayEquals(VALUE, store.get(KEY).orElseThrow());
        }
    }

    @Test
    void minioTakesEveryChecksumAndAnUnsignedPayload() throws Exception {
        Map<String, @Nullable Object> spec = spec("s3ds.minio");
        create(spec);
        for (String checksum : new String[] {"md5", "sha256"}) {
            for (String signing : new String[] {"digest", "unsigned"}) {
                spec.put("checksum", checksum);
                spec.put("payloadSigning", signing);
                try (Datastore store = open(spec)) {
                    store.put(KEY, VALUE);
                    assertArrayEquals(VALUE, store.get(KEY).orElseThrow());
                }
            }
        }
    }

    @Test
    void versitygwSays200AndDoesNotEncrypt() throws Exception {
        Map<String, @Nullable Object> spec = spec("s3ds.versitygw");
        create(spec);
        spec.put("sse", "s3");
        try (Datastore store = open(spec)) {
            String message = String.valueOf(
                    assertThrows(S3Exception.class, () -> store.put(KEY, VALUE)).getMessage());
            assertTrue(
                    message.startsWith("sse is \"s3\", and the server answered 200 to the put and says nothing"),
                    message);
        }
    }

    @Test
    void motoKeepsStorageClassAndEncryption() throws Exception {
        Map<String, @Nullable Object> plain = spec("s3ds.moto");
        create(plain);
        Map<String, @Nullable Object> spec = new HashMap<>(plain);
        spec.putAll(Map.of("storageClass", "STANDARD_IA", "sse", "s3", "tags", Map.of("team", "ipfs")));
        try (Datastore store = open(spec);
                S3Bucket other = bucket(plain)) {
            store.put(KEY, VALUE);
            Map<String, String> headers = new S3Objects(other).described("K");
            assertEquals("STANDARD_IA", headers.get("x-amz-storage-class"));
            assertEquals("AES256", headers.get("x-amz-server-side-encryption"));
            assertEquals(Map.of("team", "ipfs"), other.tags("K"));
        }
    }

    private Map<String, @Nullable Object> spec(String property) {
        URI place = URI.create(System.getProperty(property, ""));
        String[] keys = place.getUserInfo().split(":", 2);
        return new HashMap<>(Map.of(
                "region",
                "us-east-1",
                "bucket",
                bucket,
                "accessKey",
                keys[0],
                "secretKey",
                keys[1],
                "regionEndpoint",
                place.getScheme() + "://" + place.getHost() + ":" + place.getPort()));
    }

    private StoreContext context() {
        return new StoreContext(folder, Metrics.none(), Map.of());
    }

    private void create(Map<String, @Nullable Object> spec) throws DatastoreException {
        try (S3Probe probe = new S3Probe(S3Config.parse(spec), context())) {
            probe.createBucket();
        }
    }

    private Datastore open(Map<String, @Nullable Object> spec) throws DatastoreException {
        return new S3StoreType().parseStrictly(spec).open(context());
    }

    private S3Bucket bucket(Map<String, @Nullable Object> spec) throws DatastoreException {
        return new S3Bucket(S3Config.parse(spec), context());
    }
}
