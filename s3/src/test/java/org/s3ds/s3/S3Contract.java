package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreContract;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryKeyTables;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.StoreContext;

/** The datastore contract on a bucket of a server. What a server does otherwise, the class named after it asserts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3Contract extends DatastoreContract {
    @Parameter(0)
    private String rootDirectory = "";

    @Parameter(1)
    private Extent extent = Extent.SHORT;

    @Parameter(2)
    private Access access = Access.SHARED;

    @Parameter(3)
    private boolean indexed;

    private final MemoryKeyTables tables = new MemoryKeyTables();
    private TestServer server;
    private Path repo = Path.of("");

    /** How much data the queries run on: all of it once for every server, and less for its other root directories. */
    enum Extent {
        FULL,
        SHORT
    }

    /** The server to run on; it may keep its buckets in the folder. */
    abstract TestServer start(Path folder) throws IOException;

    String rootDirectory() {
        return rootDirectory;
    }

    @BeforeAll
    void startServer(@TempDir Path folder, @TempDir Path repos) throws IOException {
        server = start(folder);
        repo = repos;
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected Datastore open() throws Exception {
        StoreContext context = new StoreContext(repo, Metrics.none(), Map.of());
        S3Config config = server.bucket(rootDirectory).withAccess(access);
        if (access == Access.READ_ONLY) {
            Datastore writer = config.withAccess(Access.SHARED).open(context);
            return new WrittenByOthers(toRead(config).open(context.with(tables)), writer);
        }
        return indexed ? filled(config.open(context.with(tables))) : config.open(context);
    }

    /** The contract has others' writes seen at once, so that nothing may be believed for any time. */
    private S3Config toRead(S3Config config) throws DatastoreException {
        Map<String, @Nullable Object> spec = server.spec(config.bucket(), rootDirectory);
        spec.putAll(Map.of("access", "read-only", "indexPresentFor", "0s", "indexAbsentFor", "0s"));
        return S3Config.parse(spec);
    }

    /** The first write fills an index, and a listing may show what some servers make for a moment beside it. */
    private static Datastore filled(Datastore store) throws DatastoreException {
        store.put(Key.of("/first"), new byte[0]);
        store.delete(Key.of("/first"));
        assertTrue(store.index(Key.ROOT).orElseThrow().awaitLoaded(Duration.ofMinutes(1)));
        return store;
    }

    /** Whether listings come from an index: they are in order then, whatever the server does. */
    boolean listsFromIndex() {
        return indexed && access == Access.EXCLUSIVE;
    }

    @Override
    protected boolean knowsTimes() {
        return true;
    }

    @Override
    protected int elementCount() {
        return extent == Extent.FULL ? super.elementCount() : 10;
    }

    @Override
    protected int longListing() {
        return extent == Extent.FULL ? super.longListing() : 1_100;
    }

    @Override
    protected List<Integer> combinationCounts() {
        return extent == Extent.FULL ? super.combinationCounts() : List.of(1);
    }

    /** The failure of a put that the server refuses. */
    S3Exception putFails(Key key, byte[] value) {
        return assertThrows(S3Exception.class, () -> store.put(key, value));
    }
}
