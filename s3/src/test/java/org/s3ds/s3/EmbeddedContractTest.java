package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;

/** The embedded server, as the datastore contract sees it, and where it differs. */
@EachRootDirectory
class EmbeddedContractTest extends FolderServerContract {
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    EmbeddedContractTest() {
        super(500);
    }

    /** With a root directory, the server's buckets are below a path too, and its signatures over that. */
    @Override
    TestServer start(Path folder) throws IOException {
        return TestServer.embedded(folder, rootDirectory().isEmpty() ? "" : "/storage/s3");
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
        if (listsFromIndex()) {
            assertTrue(list(byKey).contains(beyond));
            return;
        }
        DatastoreException disorder = assertThrows(DatastoreException.class, () -> list(byKey));
        assertTrue(disorder.toString().contains("not the order of keys"), disorder.toString());
    }
}
