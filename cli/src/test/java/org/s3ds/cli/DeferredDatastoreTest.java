package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreContract;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;

/** A deferred store keeps the whole contract, opens late and closes all. */
class DeferredDatastoreTest extends DatastoreContract {
    private final List<String> events = new ArrayList<>();

    @Override
    protected Datastore open() {
        MemoryDatastore store = new MemoryDatastore();
        return new DeferredDatastore("deferred", () -> {
            events.add("opened");
            return new DeferredDatastore.Opened(store, () -> events.add("server closed"));
        });
    }

    @Test
    void itOpensWithTheFirstRequestAndClosesTheServer() throws Exception {
        Datastore store = open();
        store.sync(Key.ROOT);
        assertEquals(List.of(), events);
        store.has(Key.of("/a"));
        store.has(Key.of("/b"));
        assertEquals(List.of("opened"), events);
        store.close();
        store.close();
        assertEquals(List.of("opened", "server closed"), events);
        assertThrows(DatastoreException.class, () -> store.has(Key.of("/a")));
    }

    @Test
    void aStoreThatWasNeverUsedIsNeverOpened() throws Exception {
        open().close();
        assertEquals(List.of(), events);
    }

    @Test
    void aFailedOpeningIsTriedAgain() throws Exception {
        List<Integer> attempts = new ArrayList<>();
        Datastore store = new DeferredDatastore("failing", () -> {
            attempts.add(attempts.size());
            if (attempts.size() == 1) {
                throw new DatastoreException("no server");
            }
            return new DeferredDatastore.Opened(new MemoryDatastore(), () -> {});
        });
        assertThrows(DatastoreException.class, () -> store.size(Key.of("/a")));
        assertEquals(OptionalLong.empty(), store.size(Key.of("/a")));
        store.close();
    }
}
