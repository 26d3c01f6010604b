package org.s3ds.node.unixfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.node.KeptStores;
import org.s3ds.node.Node;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.RepoPlan;

/**
 * A disk that is full at any write of an add, of blocks or of pins: a sentence, and nothing that is in the way later.
 */
class FullStoreTest {
    private static final AddOptions V0 = AddOptions.defaults(CidFormat.V0);
    private static final Map<String, Object> SPEC = Map.of(
            "type",
            "mount",
            "mounts",
            List.of(
                    Map.of("type", "flatfs", "mountpoint", "/blocks", "path", "blocks", "shardFunc", "x"),
                    Map.of("type", "levelds", "mountpoint", "/", "path", "datastore")));

    @TempDir
    private Path folder;

    private final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
    private final KeptStores stores = new KeptStores(this::beforeCall);

    private void beforeCall(String call, Key key) throws DatastoreException {
        if (List.of("put", "batch").contains(call) && room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            throw new DatastoreException("put " + key + ": No space left on device");
        }
    }

    @BeforeEach
    void makeRepo() throws Exception {
        SecureRandom random = new SecureRandom();
        RepoPlan plan = RepoPlan.fresh(Identity.ed25519(random), SPEC, List.of(), random);
        Node.init(repo(), plan, stores.types(), Metrics.none(), Map.of());
    }

    @Test
    void whereverSpaceEndsTheNextAddSucceeds() throws Exception {
        int failures = 0;
        for (int writes = 0; ; writes++) {
            InputNode tree = tree(writes);
            List<Cid> told = new ArrayList<>();
            room.set(writes);
            IOException failure = add(tree, told);
            room.set(Integer.MAX_VALUE);
            assertStored(told);
            if (failure == null) {
                break;
            }
            failures++;
            assertNotNull(failure.getMessage());
            assertTrue(failure.getMessage().contains("No space left on device"), failure.toString());
            assertEquals(1, failure.getMessage().lines().count(), failure.toString());
            List<Cid> again = new ArrayList<>();
            assertNull(add(tree, again));
            assertStored(again);
            assertPinned(again.getLast());
            // what Kubo does once it has rebuilt the indexes
            stores.levelds().put(Key.of("/pins/state/dirty"), new byte[1]);
        }
        // 3 blocks of files and 2 of directories; the mark on the pins, a record, its index entry, the mark off
        assertEquals(9, failures, "writes to fail at");
    }

    private Path repo() {
        return folder.resolve("repo");
    }

    /** A tree that no add before had, so that every block of it is new. */
    private static InputNode tree(int number) {
        return MemoryNode.directory(
                "tree",
                MemoryNode.file("a", "a" + number),
                MemoryNode.directory("below", MemoryNode.file("b", "b" + number), MemoryNode.file("c", "c" + number)));
    }

    /** Adds to the repo, opened for it, and gives the failure if there was one. */
    private @Nullable IOException add(InputNode input, List<Cid> told) throws IOException {
        try (Node node = open()) {
            new Adder(node.blocks(), node.pins(), V0).add(List.of(input), new AddListener() {
                @Override
                public void added(Added one) {
                    told.add(one.cid());
                }

                @Override
                public void read(String name, long more, long total) {}
            });
            return null;
        } catch (DatastoreException e) {
            return e;
        }
    }

    private Node open() throws IOException {
        return Node.open(repo(), stores.types(), Metrics.none(), Map.of());
    }

    private void assertStored(List<Cid> told) throws IOException {
        try (Node node = open()) {
            for (Cid cid : told) {
                node.blocks().get(cid);
            }
        }
    }

    /** The pin is there for us and, since every index entry has its record, for whoever rebuilds the indexes. */
    private void assertPinned(Cid root) throws IOException {
        try (Node node = open()) {
            assertTrue(node.pins().isRecursive(root));
        }
        try (Results index = stores.levelds().query(Query.keys(Key.of("/pins/index/cidRindex")))) {
            for (Entry entry : index.rest()) {
                String id = entry.key().base().substring(1);
                Key record = Key.of("/pins/pin")
                        .child(new String(Base64.getUrlDecoder().decode(id), US_ASCII));
                assertTrue(stores.levelds().has(record), record + " is missing");
            }
        }
    }
}
