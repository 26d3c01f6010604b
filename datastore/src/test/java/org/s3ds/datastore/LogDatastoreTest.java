package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class LogDatastoreTest extends DatastoreContract {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected Datastore open() {
        return new LogDatastore("blocks", new MemoryDatastore(), lines::add);
    }

    @Test
    void everyOperationIsALine() throws DatastoreException {
        store.put(Key.of("/a"), new byte[3]);
        store.get(Key.of("/a"));
        store.query(Query.keys(Key.of("/b")).withSlice(0, 2)).close();
        assertEquals(
                List.of("blocks: put /a (3 bytes)", "blocks: get /a", "blocks: query SELECT keys FROM \"/b\" LIMIT 2"),
                List.copyOf(lines));
    }

    @Test
    void withoutANameLinesBeginWithTheStoresOwn() throws DatastoreException {
        new LogDatastore("", new MemoryDatastore(), lines::add).sync(Key.ROOT);
        assertEquals(List.of("LogDatastore: sync /"), List.copyOf(lines));
    }
}
