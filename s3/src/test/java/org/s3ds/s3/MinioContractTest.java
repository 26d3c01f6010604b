package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;

/** MinIO, as the datastore contract sees it. */
@Tag("foreign")
@EachRootDirectory
class MinioContractTest extends S3Contract {
    @Override
    TestServer start(Path folder) {
        return TestServer.running("s3ds.minio");
    }

    /**
     * Of a key and those below it, MinIO lists the uppermost alone; asked for by name, all are there, and an index has
     * them all.
     */
    @Override
    @Test
    protected void aKeyAndKeysBelowItExistTogether() throws DatastoreException {
        for (String key : List.of("/a", "/a/b", "/a/b/c", "/a-b", "/ab")) {
            store.put(Key.of(key), key.getBytes(UTF_8));
        }
        for (String key : List.of("/a", "/a/b", "/a/b/c", "/a-b", "/ab")) {
            assertHolds(Key.of(key), key.getBytes(UTF_8));
        }
        if (listsFromIndex()) {
            assertEquals(
                    List.of(Key.of("/a"), Key.of("/a-b"), Key.of("/a/b"), Key.of("/a/b/c"), Key.of("/ab")),
                    list(Query.keys(Key.ROOT)));
            return;
        }
        assertEquals(List.of(Key.of("/a"), Key.of("/a-b"), Key.of("/ab")), list(Query.keys(Key.ROOT)));
        assertEquals(List.of(), list(Query.keys(Key.of("/a"))));
        store.delete(Key.of("/a"));
        assertAbsent(Key.of("/a"));
        assertEquals(List.of(Key.of("/a/b")), list(Query.keys(Key.of("/a"))));
    }
}
