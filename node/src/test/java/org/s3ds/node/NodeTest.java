package org.s3ds.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.RepoPlan;

final class NodeTest {
    private static final Map<String, Object> SPEC = Map.of(
            "type",
            "mount",
            "mounts",
            List.of(
                    Map.of(
                            "type",
                            "s3ds",
                            "mountpoint",
                            "/blocks",
                            "region",
                            "us-east-1",
                            "bucket",
                            "b",
                            "rootDirectory",
                            "d",
                            "accessKey",
                            "",
                            "secretKey",
                            ""),
                    Map.of("type", "levelds", "mountpoint", "/", "path", "datastore", "compression", "none")));
    private static final String EMPTY = "122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef";

    @TempDir
    private Path parent;

    private final SecureRandom random = new SecureRandom();

    /** Appendix A of the compatibility notes: the repo in one page. */
    @Test
    void aNewNodeIsWhatKuboWouldOpen() throws Exception {
        KeptStores stores = new KeptStores();
        init(stores);

        assertEquals(
                "{\"mounts\":[{\"bucket\":\"b\",\"mountpoint\":\"/blocks\",\"region\":\"us-east-1\",\"rootDirectory\":\"d\"},"
                        + "{\"mountpoint\":\"/\",\"path\":\"datastore\",\"type\":\"levelds\"}],\"type\":\"mount\"}",
                Files.readString(repo().resolve("datastore_spec")));
        SortedMap<String, String> root = contents(stores.levelds());
        String id = root.keySet().stream()
                .filter(key -> key.startsWith("/pins/pin/"))
                .findFirst()
                .orElseThrow()
                .substring("/pins/pin/".length());
        assertTrue(id.matches("[0-9a-f]{32}"), id);
        assertEquals("a26363696458" + "22" + EMPTY + "646d6f646500", root.remove("/pins/pin/" + id));
        assertEquals(EMPTY, root.remove("/local/filesroot"));
        assertEquals("01", root.remove("/local/dht-values-purged"));
        assertEquals("00", root.remove("/pins/state/dirty"));
        String index = root.firstKey();
        assertTrue(index.startsWith("/pins/index/cidRindex/uEiBZlIQ5Bl8pYZ70EoDLuTK-UsVtmcWWa2XgERI58Ji77w/u"), index);
        assertEquals("", root.remove(index));
        assertEquals(Map.of(), root);
        assertEquals(
                Map.of("/CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y", "0a020801"),
                contents(blocks(stores)));
    }

    @Test
    void aNodeOpensToItsBlocksAndPins() throws Exception {
        KeptStores stores = new KeptStores();
        init(stores);
        Cid empty = Cid.parse("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
        try (Node node = Node.open(repo(), stores.types(), Metrics.none(), Map.of())) {
            assertArrayEquals(
                    new byte[] {0x0a, 0x02, 0x08, 0x01},
                    node.blocks().get(empty).data());
            assertTrue(node.pins().isRecursive(empty));
            assertEquals(repo(), node.repo().path());
        }
        Node again = Node.open(repo(), stores.types(), Metrics.none(), Map.of());
        again.close();
        again.close();
    }

    /** The stores fail at each call in turn: nothing is left in the folder, and init can be run again. */
    @Test
    void initThatFailsAnywhereLeavesNothingBehind() throws Exception {
        int calls = count();
        assertTrue(calls > 10, calls + " calls");
        for (int failing = 1; failing <= calls; failing++) {
            int at = failing;
            int[] count = {0};
            KeptStores stores = new KeptStores((call, key) -> {
                if (++count[0] == at) {
                    throw new DatastoreException("full at " + call);
                }
            });
            assertThrows(DatastoreException.class, () -> init(stores), "at call " + at);
            assertFalse(Files.exists(repo()), "at call " + at);
            init(stores);
            assertEquals("01", contents(stores.levelds()).get("/local/dht-values-purged"));
            removeAll(repo());
        }
    }

    @Test
    void aRootOfFilesThatIsThereStays() throws Exception {
        KeptStores stores = new KeptStores();
        stores.levelds().put(Key.raw("/local/filesroot"), new byte[] {7});
        init(stores);
        assertEquals("07", contents(stores.levelds()).get("/local/filesroot"));
    }

    private int count() throws IOException {
        int[] count = {0};
        init(new KeptStores((call, key) -> count[0]++));
        removeAll(repo());
        return count[0];
    }

    private void init(KeptStores stores) throws IOException {
        RepoPlan plan = RepoPlan.fresh(Identity.ed25519(random), SPEC, List.of("test"), random);
        Node.init(repo(), plan, stores.types(), Metrics.none(), Map.of());
    }

    private Path repo() {
        return parent.resolve("repo");
    }

    private static MemoryDatastore blocks(KeptStores stores) {
        return stores.kept(Map.of("bucket", "b", "region", "us-east-1", "rootDirectory", "d"));
    }

    private static void removeAll(Path repo) throws IOException {
        for (String name : List.of("config", "datastore_spec", "version", "keystore")) {
            Files.delete(repo.resolve(name));
        }
        Files.delete(repo);
    }

    private static SortedMap<String, String> contents(MemoryDatastore store) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Results results = store.query(Query.of(Key.ROOT))) {
            for (Entry entry : results.rest()) {
                contents.put(
                        entry.key().toString(),
                        HexFormat.of().formatHex(entry.value().orElseThrow()));
            }
        }
        return contents;
    }
}
