package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Sha256;
import org.s3ds.s3.ObjectHeaders.Checksum;

/** What a server keeps of objects that came with their SHA-256, and of others, and what asking costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptChecksumsTest {
    private static final byte[] VALUE = "value".getBytes(UTF_8);
    private static final Key KEY = Key.of("K");

    private final RecordedMetrics metrics = new RecordedMetrics();
    private TestServer server;
    private Datastore plain;
    private Datastore checked;

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

    /** Two stores at one place: one puts with checksums. */
    @BeforeEach
    void open() throws DatastoreException {
        S3Config config = server.bucket("node1");
        plain = new S3Datastore(config, metrics);
        checked = new S3Datastore(config.with(config.objects().withChecksum(Checksum.SHA256)), metrics);
        metrics.take();
    }

    @AfterEach
    void close() throws DatastoreException {
        plain.close();
        checked.close();
    }

    private static Sha256 hash(byte[] bytes) {
        return Sha256.of(HexFormat.of().parseHex(DigestSigner.sha256Hex(bytes)));
    }

    @Test
    void whatCameWithAChecksumIsToldByItForOneHead() throws DatastoreException {
        checked.put(KEY, VALUE);
        metrics.take();
        assertEquals(Optional.of(hash(VALUE)), checked.sha256(KEY));
        assertEquals(Map.of("head", 1L), metrics.take());
        assertEquals(Optional.of(hash(VALUE)), plain.inBackground().sha256(KEY), "whoever asks");
        assertEquals(Optional.of(hash(VALUE)), plain.unindexed().sha256(KEY));
        checked.put(KEY, new byte[0]);
        assertEquals(Optional.of(hash(new byte[0])), checked.sha256(KEY));
    }

    @Test
    void ofWhatCameWithoutNoneIsKept() throws DatastoreException {
        plain.put(KEY, VALUE);
        metrics.take();
        assertEquals(Optional.empty(), checked.sha256(KEY));
        assertEquals(Map.of("head", 1L), metrics.take());
        checked.put(KEY, VALUE);
        plain.put(KEY, VALUE);
        assertEquals(Optional.empty(), checked.sha256(KEY), "that of the value before does not stay");
    }

    @Test
    void ofAnAbsentKeyThereIsNoneAndTheBucketIsSeenToBeThere() throws DatastoreException {
        assertEquals(Optional.empty(), checked.sha256(KEY));
        assertEquals(Map.of("head", 1L, "list", 1L), metrics.take());
        assertEquals(Optional.empty(), checked.sha256(KEY));
        assertEquals(Map.of("head", 1L), metrics.take());
    }

    @Test
    void theSpecSaysWhetherEachPutHasOne() throws DatastoreException {
        assertEquals(Checksums.EACH, checked.checksums(Key.ROOT));
        assertEquals(Checksums.PERHAPS, plain.checksums(Key.ROOT));
        assertEquals(Map.of(), metrics.take());
    }
}
