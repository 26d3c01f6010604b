package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreContract;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;

/** The datastore contract on a bucket of the embedded server, and where that server differs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3Contract extends DatastoreContract {
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    private final String rootDirectory;
    private TestServer server;

    S3Contract(String rootDirectory) {
        this.rootDirectory = rootDirectory;
    }

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        server = new TestServer(folder);
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected Datastore open() throws Exception {
        return new S3Datastore(server.bucket(rootDirectory), Metrics.none());
    }

    /** The server keeps objects as files: a key that is another key's folder gets status 500. */
    @Override
    @Test
    protected void aKeyAndKeysBelowItExistTogether() throws DatastoreException {
        store.put(Key.of("/a"), VALUE);
        store.put(Key.of("/a-b"), VALUE);
        store.put(Key.of("/ab"), VALUE);
        assertEquals(500, putFails(Key.of("/a/b")).failure().status());
        assertHolds(Key.of("/a"), VALUE);
        assertAbsent(Key.of("/a/b"));
        assertEquals(List.of(), list(Query.keys(Key.of("/a"))));
    }

    /** As above. */
    @Override
    @Test
    protected void syncWorksOnAnyKey() throws DatastoreException {
        store.sync(Key.of("/prefix"));
        store.put(Key.of("/prefix/sub"), VALUE);
        store.sync(Key.of("/prefix"));
        store.sync(Key.ROOT);
        assertHolds(Key.of("/prefix/sub"), VALUE);
        assertEquals(500, putFails(Key.of("/prefix")).failure().status());
    }

    /** As above: a key goes before one below it comes. */
    @Override
    @Test
    protected void manyThreadsMayUseItAtOnce() throws Exception {
        List<Callable<Void>> users = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Key key = Key.of("/k" + i);
            byte[] value = randomBytes(1 + random.nextInt(5_000));
            users.add(() -> use(key, value));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> user : threads.invokeAll(users)) {
                user.get();
            }
        }
        assertEquals(200, list(Query.keys(Key.ROOT)).size());
    }

    private Void use(Key key, byte[] value) throws DatastoreException {
        store.put(key, value);
        assertHolds(key, value);
        store.delete(key);
        assertAbsent(key);
        store.put(key.child("below"), value);
        assertEquals(List.of(key.child("below")), list(Query.keys(key)));
        return null;
    }

    /** The server lists in the order of UTF-16: characters beyond it come too early, which a listing by key notices. */
    @Override
    @Test
    protected void anyCharacterMayStandInAKey() throws DatastoreException {
        List<Key> inOrder = List.of(
                Key.of("/odd/#?;"),
                Key.of("/odd/="),
                Key.of("/odd/UPPER"),
                Key.of("/odd/a b"),
                Key.of("/odd/a%2Fb"),
                Key.of("/odd/a&b<c>"),
                Key.of("/odd/a+b"),
                Key.of("/odd/back\\slash"),
                Key.of("/odd/c:d"),
                Key.of("/odd/q\"uo'te"),
                Key.of("/odd/upper"),
                Key.of("/odd/~"),
                Key.of("/odd/é"),
                Key.of("/odd/日本"),
                Key.of("/odd/\uFFFD"));
        for (Key key : inOrder) {
            store.put(key, key.toString().getBytes(UTF_8));
            assertHolds(key, key.toString().getBytes(UTF_8));
        }
        Query byKey = Query.keys(Key.of("/odd")).withOrders(List.of(Order.KEY));
        assertEquals(inOrder, list(byKey));

        Key beyond = Key.of("/odd/\uD83D\uDE00");
        store.put(beyond, VALUE);
        assertHolds(beyond, VALUE);
        assertTrue(Set.copyOf(list(Query.keys(Key.of("/odd")))).contains(beyond));
        DatastoreException disorder = assertThrows(DatastoreException.class, () -> list(byKey));
        assertTrue(disorder.toString().contains("not the order of keys"), disorder.toString());
    }

    private S3Exception putFails(Key key) {
        return assertThrows(S3Exception.class, () -> store.put(key, VALUE));
    }
}
