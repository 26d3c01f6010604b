package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;

/** What {@code sync} forces to disk, as flatfs does: a file before it has its name, then the folders it appears in. */
final class FlatfsSyncTest {
    private static final Key FIRST = Key.of("/CIQFIRSTABC");
    private static final Key SECOND = Key.of("/CIQSECONDABC");
    private static final Key THIRD = Key.of("/CIQTHIRDXYZ");
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path parent;

    private final List<String> forced = new ArrayList<>();

    private Datastore open(boolean sync) throws DatastoreException {
        Path folder = parent.resolve("blocks");
        return FlatfsDatastore.open(
                folder,
                ShardFunction.DEFAULT,
                sync,
                (path, channel) -> forced.add(folder.relativize(path).toString().replaceFirst("[^/]*-.*", "*")));
    }

    private List<String> forced() {
        List<String> since = List.copyOf(forced);
        forced.clear();
        return since;
    }

    @Test
    void aPutForcesTheFileThenANewShardThenItsPlace() throws Exception {
        try (Datastore store = open(true)) {
            store.put(FIRST, VALUE);
            assertEquals(List.of(".temp/*", "", "AB"), forced());
            store.put(SECOND, VALUE);
            assertEquals(List.of(".temp/*", "AB"), forced(), "the shard was there");
        }
    }

    @Test
    void aDeleteForcesTheShardItHappenedIn() throws Exception {
        try (Datastore store = open(true)) {
            store.put(FIRST, VALUE);
            forced();
            store.delete(FIRST);
            assertEquals(List.of("AB"), forced());
            store.delete(FIRST);
            assertEquals(List.of(), forced(), "nothing happened");
        }
    }

    @Test
    void aBatchForcesEachFileAsItComesAndEachShardOnceAtTheEnd() throws Exception {
        try (Datastore store = open(true)) {
            Batch batch = store.batch();
            batch.put(FIRST, VALUE);
            batch.put(SECOND, VALUE);
            batch.put(THIRD, VALUE);
            assertEquals(List.of(".temp/*", ".temp/*", ".temp/*"), forced());
            batch.commit();
            assertEquals(List.of("", "", "AB", "XY"), forced());
        }
    }

    @Test
    void withoutSyncNothingIsForced() throws Exception {
        try (Datastore store = open(false)) {
            store.put(FIRST, VALUE);
            Batch batch = store.batch();
            batch.put(THIRD, VALUE);
            batch.commit();
            store.delete(FIRST);
        }
        assertEquals(List.of(), forced());
    }
}
