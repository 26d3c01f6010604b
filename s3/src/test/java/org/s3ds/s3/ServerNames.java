package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/**
 * Names that servers disagree about. None is a block's, so it is enough that none is taken for absent or for another.
 */
abstract class ServerNames {
    static final byte[] VALUE = "value".getBytes(UTF_8);

    private final TestServer server;

    /** The bucket itself, where any name can be tried. */
    S3Bucket bucket;

    /** The store on it, without a root directory. */
    Datastore store;

    ServerNames(String property) {
        this.server = TestServer.running(property);
    }

    @BeforeEach
    void open() throws DatastoreException {
        S3Config config = server.bucket("");
        bucket = new S3Bucket(config, TestServer.context(Metrics.none()));
        store = new S3Datastore(config, Metrics.none());
    }

    @AfterEach
    void close() throws DatastoreException {
        bucket.close();
        store.close();
    }

    @Test
    void aSegmentOf255BytesIsStoredAndOneOf256IsRefused() throws DatastoreException {
        Key longest = Key.of("/" + "a".repeat(255));
        store.put(longest, VALUE);
        assertTrue(store.has(longest));
        Key longer = Key.of("/" + "a".repeat(256));
        assertEquals(400, refusal(longer.toString().substring(1)).failure().status());
        assertThrows(S3Exception.class, () -> store.put(longer, VALUE));
        assertThrows(S3Exception.class, () -> store.get(longer));
        assertThrows(S3Exception.class, () -> store.has(longer));
        assertEquals(List.of(longest), keys());
    }

    @Test
    void aFolderIsNoObject() throws DatastoreException {
        store.put(Key.of("/folder/object"), VALUE);
        assertFalse(store.has(Key.of("/folder")));
        assertTrue(store.get(Key.of("/folder")).isEmpty());
        store.delete(Key.of("/folder"));
        store.delete(Key.of("/folder/object"));
        assertEquals(List.of(), keys());
    }

    /** Stores an object under a name that no key has. */
    final void put(String name) throws S3Exception {
        new S3Objects(bucket).put(name, VALUE, DigestSigner.sha256Hex(VALUE));
    }

    final S3Exception refusal(String name) {
        return assertThrows(S3Exception.class, () -> put(name));
    }

    final List<String> names() throws S3Exception {
        return bucket.list("", "", Optional.empty(), S3Bucket.PAGE).objects().stream()
                .map(Listed::name)
                .toList();
    }

    final List<Key> keys() throws DatastoreException {
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            return results.rest().stream().map(Entry::key).toList();
        }
    }
}
