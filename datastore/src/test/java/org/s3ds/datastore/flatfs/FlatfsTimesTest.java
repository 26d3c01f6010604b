package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.LogDatastore;
import org.s3ds.datastore.MeasuredDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.MountDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.ReadOnlyDatastore;
import org.s3ds.datastore.Results;

/** The times of flatfs are those of its files, whatever stands in between. */
final class FlatfsTimesTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    @Test
    void theyComeThroughEveryCombinator() throws Exception {
        Datastore flatfs = FlatfsDatastore.open(folder, ShardFunction.DEFAULT, false);
        flatfs.put(Key.of("/BLOCK"), new byte[3]);
        Files.setLastModifiedTime(folder.resolve("OC/BLOCK.data"), FileTime.from(THEN));
        Datastore mount = new MountDatastore(List.of(new MountDatastore.Mount(Key.of("/blocks"), flatfs)));
        Datastore measured = new MeasuredDatastore("m", new LogDatastore("l", mount, line -> {}), Metrics.none());
        try (Datastore all = new ReadOnlyDatastore("why", measured)) {
            Query keys = Query.keys(Key.of("/blocks"));
            assertEquals(Optional.of(THEN), entry(all, keys.withTimes()).modified());
            assertEquals(Optional.empty(), entry(all, keys.withSizes()).modified());
            Entry whole = entry(all, Query.of(Key.of("/blocks")).withTimes());
            assertEquals(Optional.of(THEN), whole.modified());
            assertEquals(3, whole.value().orElseThrow().length);
        }
    }

    private static Entry entry(Datastore store, Query query) throws DatastoreException {
        try (Results results = store.query(query)) {
            return results.next().orElseThrow();
        }
    }
}
