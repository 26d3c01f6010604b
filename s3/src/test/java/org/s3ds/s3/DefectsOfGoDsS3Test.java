package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.s3.ScriptedServer.Answer;

/** What go-ds-s3 gets wrong, by its numbers in our notes, and what is right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DefectsOfGoDsS3Test {
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
    @Timeout(30)
    void b1_aBatchOfDeletesAloneReturns() throws DatastoreException {
        try (Datastore store = open("ipfs")) {
            fill(store, 3);
            deleteAll(store, 3);
            assertEquals(Set.of(), keys(store));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ipfs", "/ipfs"})
    void b2_aBatchDeletesTheObjectsThatPutsMade(String root) throws DatastoreException {
        try (Datastore store = open(root)) {
            fill(store, 5);
            deleteAll(store, 4);
            assertEquals(Set.of(Key.of("K0004")), keys(store));
        }
    }

    @Test
    void b3_aListingUnderARootDirectoryGoesPastTheFirstPage() throws DatastoreException {
        try (Datastore store = open("ipfs")) {
            fill(store, 1_001);
            assertEquals(1_001, keys(store).size());
        }
    }

    @Test
    void b4_listedKeysHaveNoRootDirectoryAndGiveTheirValues() throws DatastoreException {
        try (Datastore store = open("ipfs")) {
            fill(store, 1);
            try (Results results = store.query(Query.of(Key.ROOT))) {
                Entry entry = results.next().orElseThrow();
                assertEquals(Key.of("K0000"), entry.key());
                assertArrayEquals("K0000".getBytes(UTF_8), entry.value().orElseThrow());
            }
        }
    }

    @Test
    void b5_aSecondPageThatFailsIsAFailureNotTheEnd() throws Exception {
        String first = """
                <ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>T</NextContinuationToken>
                <Contents><Key>ipfs/K0</Key><Size>2</Size></Contents></ListBucketResult>""";
        try (ScriptedServer faulty =
                        new ScriptedServer(request -> request.query().contains("continuation-token")
                                ? Answer.error(503, "SlowDown")
                                : new Answer(200, first));
                Datastore store = new S3Datastore(faulty.config("ipfs", ""), Metrics.none());
                Results results = store.query(Query.keys(Key.ROOT))) {
            assertEquals(Key.of("K0"), results.next().orElseThrow().key());
            S3Exception failure = assertThrows(S3Exception.class, results::next);
            assertEquals(503, failure.failure().status());
            assertEquals("SlowDown", failure.failure().code());
            assertEquals(6, failure.failure().attempts());
            assertTrue(failure.failure().retryMayHelp());
            assertThrows(S3Exception.class, results::next, "and again: nobody may take it for the end");
        }
    }

    @Test
    void b6_aRootDirectoryWithALeadingSlashIsListed() throws DatastoreException {
        try (Datastore store = open("/ipfs")) {
            fill(store, 8);
            assertEquals(8, keys(store).size());
        }
    }

    @Test
    void b7_node1DoesNotSeeNode10() throws DatastoreException {
        S3Config config = server.bucket("node1");
        try (Datastore node1 = new S3Datastore(config, Metrics.none());
                Datastore node10 = new S3Datastore(config.withRootDirectory("node10"), Metrics.none());
                Datastore whole = new S3Datastore(config.withRootDirectory(""), Metrics.none())) {
            fill(node1, 4);
            fill(node10, 4);
            assertEquals(4, keys(node1).size());
            assertEquals(8, keys(whole).size());
            try (Results results = whole.query(Query.keys(Key.of("/node1")))) {
                assertEquals(4, results.rest().size());
            }
        }
    }

    private Datastore open(String root) throws DatastoreException {
        return new S3Datastore(server.bucket(root), Metrics.none());
    }

    private static void fill(Datastore store, int count) throws DatastoreException {
        Batch batch = store.batch();
        for (Key key : firstKeys(count)) {
            batch.put(key, key.base().getBytes(UTF_8));
        }
        batch.commit();
    }

    private static void deleteAll(Datastore store, int count) throws DatastoreException {
        Batch batch = store.batch();
        for (Key key : firstKeys(count)) {
            batch.delete(key);
        }
        batch.commit();
    }

    private static List<Key> firstKeys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Key.of("K%04d".formatted(i)))
                .toList();
    }

    private static Set<Key> keys(Datastore store) throws DatastoreException {
        try (Results results = store.query(Query.keys(Key.ROOT))) {
            return results.rest().stream().map(Entry::key).collect(Collectors.toSet());
        }
    }
}
