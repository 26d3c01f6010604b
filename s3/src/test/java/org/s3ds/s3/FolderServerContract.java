package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;

/** The contract on a server that keeps each object as a file, in folders named as the keys are. */
abstract class FolderServerContract extends S3Contract {
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    private final int refusal;

    /**
     * On buckets of one server.
     *
     * @param refusal the status for a key that is, or has, another key's folder
     */
    FolderServerContract(int refusal) {
        this.refusal = refusal;
    }

    /** The server keeps objects as files: a key that is another key's folder is refused. */
    @Override
    @Test
    protected void aKeyAndKeysBelowItExistTogether() throws DatastoreException {
        store.put(Key.of("/a"), VALUE);
        store.put(Key.of("/a-b"), VALUE);
        store.put(Key.of("/ab"), VALUE);
        assertEquals(refusal, putFails(Key.of("/a/b"), VALUE).failure().status());
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
        assertEquals(refusal, putFails(Key.of("/prefix"), VALUE).failure().status());
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
}
