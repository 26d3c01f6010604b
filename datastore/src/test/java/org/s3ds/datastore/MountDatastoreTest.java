package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The contract over several mounts that share the suite's keys, and the mount tests of go-datastore. */
final class MountDatastoreTest extends DatastoreContract {
    private static final byte[] VALUE = {1};

    private final Map<String, MemoryDatastore> children = new LinkedHashMap<>();

    @Override
    protected Datastore open() {
        return mount("/", "/prefix", "/prefix/sub", "/k1", "/long", "/a");
    }

    @Test
    void aKeyBelowTheMountpointIsTheRestInTheStore() throws DatastoreException {
        MountDatastore mount = mount("/quux");
        mount.put(Key.of("/quux/thud"), VALUE);
        assertTrue(child("/quux").has(Key.of("/thud")));
        assertArrayEquals(VALUE, mount.get(Key.of("/quux/thud")).orElseThrow());
        assertEquals(OptionalLong.of(1), mount.size(Key.of("/quux/thud")));
        mount.delete(Key.of("/quux/thud"));
        assertFalse(mount.has(Key.of("/quux/thud")));
        assertFalse(child("/quux").has(Key.of("/thud")));
    }

    @Test
    void withoutAMountAKeyIsAbsentAndCannotBePut() throws DatastoreException {
        for (MountDatastore mount : List.of(mount(), mount("/redherring"))) {
            Key key = Key.of("/quux/thud");
            assertEquals("no datastore mounted for this key: /quux/thud", messageOf(() -> mount.put(key, VALUE)));
            assertEquals(Optional.empty(), mount.get(key));
            assertFalse(mount.has(key));
            assertEquals(OptionalLong.empty(), mount.size(key));
            mount.delete(key);
            Batch batch = mount.batch();
            assertThrows(DatastoreException.class, () -> batch.put(key, VALUE));
            assertThrows(DatastoreException.class, () -> batch.delete(key));
            mount.sync(key);
        }
    }

    @Test
    void aMountpointItselfBelongsToTheMountAboveIt() throws DatastoreException {
        MountDatastore mount = mount("/", "/blocks");
        mount.put(Key.of("/blocks"), VALUE);
        assertTrue(child("/").has(Key.of("/blocks")));
        assertFalse(mount.has(Key.ROOT), "nothing is above the root");
    }

    @Test
    void theMostSpecificMountpointWins() throws DatastoreException {
        MountDatastore mount = mount("/", "/foo", "/foo/bar");
        for (String key : List.of("/foo/x", "/baz", "/foo/bar/y", "/foobar")) {
            mount.put(Key.of(key), VALUE);
        }
        assertEquals(List.of("/x"), keysIn(child("/foo")));
        assertEquals(List.of("/y"), keysIn(child("/foo/bar")));
        assertEquals(List.of("/baz", "/foobar"), keysIn(child("/")));
    }

    @Test
    void aQueryGoesAcrossMounts() throws DatastoreException {
        MountDatastore mount = mount("/foo", "/bar", "/baz", "/");
        for (String key : List.of("/foo/lorem", "/bar/ipsum", "/bar/dolor", "/baz/sit", "/banana")) {
            mount.put(Key.of(key), Key.of(key).base().getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(List.of(), below(mount, "/ba"));
        assertEquals(List.of("/bar/dolor", "/bar/ipsum"), below(mount, "/bar"));
        assertEquals(List.of("/baz/sit"), below(mount, "/baz/"));
        assertEquals(List.of("/foo/lorem"), below(mount, "/foo"));
        assertEquals(List.of("/banana", "/bar/dolor", "/bar/ipsum", "/baz/sit", "/foo/lorem"), below(mount, "/"));
        assertEquals(List.of(), below(mount, "/banana"));
    }

    @Test
    void aQueryAcrossMountsIsSorted() throws DatastoreException {
        MountDatastore mount = filled(
                List.of("/zoo", "/boo/5", "/boo"), List.of("/zoo/0", "/zoo/1", "/boo/9", "/boo/3", "/boo/5/hello"));
        assertEquals(
                List.of("/boo/3", "/boo/5/hello", "/boo/9", "/zoo/0", "/zoo/1"),
                keys(mount, Query.keys(Key.ROOT).withOrders(List.of(Order.KEY))));
    }

    @Test
    void sliceAndFilterHoldForTheMergedListing() throws DatastoreException {
        MountDatastore mount = filled(
                List.of("/rok", "/zoo", "/noop"),
                List.of("/rok/0", "/rok/1", "/rok/3", "/zoo/0", "/zoo/1", "/zoo/2", "/zoo/3"));
        Query down = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY_DESCENDING));
        Query up = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY));
        assertEquals(List.of("/zoo/3", "/zoo/2"), keys(mount, down.withSlice(0, 2)));
        assertEquals(List.of("/rok/3", "/zoo/0", "/zoo/1"), keys(mount, up.withSlice(2, 3)));
        Filter one = new Filter.ByKey(Filter.Comparison.EQUAL, Key.of("/rok/3"));
        assertEquals(List.of("/rok/3"), keys(mount, up.withFilters(List.of(one))));
        assertEquals(List.of("/zoo/3"), keys(mount, up.withSlice(6, 5)));
        assertEquals(List.of(), keys(mount, up.withSlice(9, 5)));
    }

    @Test
    void aMountedStoreIsAskedForNoMoreThanCanBeGiven() throws DatastoreException {
        List<String> lines = new ArrayList<>();
        MountDatastore mount = new MountDatastore(List.of(new MountDatastore.Mount(
                Key.of("/blocks"), new LogDatastore("child", new MemoryDatastore(), lines::add))));
        Query query = Query.keys(Key.ROOT)
                .withOrders(List.of(Order.KEY))
                .after(Key.of("/blocks/K"))
                .withSlice(3, 4);
        mount.query(query).close();
        assertEquals(List.of("child: query SELECT keys FILTER [KEY > \"/K\"] ORDER [KEY] LIMIT 7"), lines);
    }

    @Test
    void aFilterOnWhatIsOutsideAMountedStoreHoldsThereToo() throws DatastoreException {
        MountDatastore mount = filled(List.of("/b", "/a", "/"), List.of("/a/1", "/a/2", "/b/1", "/b/2", "/c"));
        for (String text : List.of("/a", "/a/", "/a/1", "/a/2", "/b", "/b/1", "/bb", "/")) {
            Query rest = Query.keys(Key.ROOT).withOrders(List.of(Order.KEY)).after(Key.of(text));
            List<String> expected = Stream.of("/a/1", "/a/2", "/b/1", "/b/2", "/c")
                    .filter(key -> key.compareTo(Key.of(text).toString()) > 0)
                    .toList();
            assertEquals(expected, keys(mount, rest), text);
            Filter begins = new Filter.ByKeyPrefix(text);
            assertEquals(
                    Stream.of("/a/1", "/a/2", "/b/1", "/b/2", "/c")
                            .filter(key -> key.startsWith(text))
                            .toList(),
                    keys(
                            mount,
                            Query.keys(Key.ROOT).withOrders(List.of(Order.KEY)).withFilters(List.of(begins))),
                    text);
        }
    }

    @Test
    void whatFailedOfABatchIsNamedAsItWasPut() throws DatastoreException {
        DatastoreException full = new DatastoreException("disk full");
        Datastore refusing = new PartialDatastore(Key.of("/ns/bad"), full);
        MountDatastore mount = new MountDatastore(
                List.of(new MountDatastore.Mount(Key.of("/a"), new PrefixDatastore(Key.of("/ns"), refusing))));
        Batch batch = mount.batch();
        batch.put(Key.of("/a/bad"), VALUE);
        batch.put(Key.of("/a/good"), VALUE);
        BatchException failure = assertThrows(BatchException.class, batch::commit);
        assertEquals(Map.of(Key.of("/a/bad"), full), failure.failures());
        assertEquals("1 of 2 operations of a batch failed, on /a/bad: disk full", failure.getMessage());
        assertTrue(mount.has(Key.of("/a/good")));
    }

    @Test
    void aListingShowsWhatAMountedStoreHidesFromLookUps() throws DatastoreException {
        MountDatastore mount = mount("/", "/blocks");
        child("/").put(Key.of("/blocks/old"), VALUE);
        assertFalse(mount.has(Key.of("/blocks/old")));
        assertEquals(List.of("/blocks/old"), below(mount, "/"));
        assertEquals(List.of(), below(mount, "/blocks"));
    }

    @Test
    void syncReachesTheStoresAtAndBelowAKeyOrTheOneThatHoldsIt() throws DatastoreException {
        List<String> lines = new ArrayList<>();
        MountDatastore mount = new MountDatastore(Stream.of("/", "/foo", "/bar", "/foo/bar")
                .map(at ->
                        new MountDatastore.Mount(Key.of(at), new LogDatastore(at, new MemoryDatastore(), lines::add)))
                .toList());
        Map<String, List<String>> reached = new LinkedHashMap<>();
        for (String key : List.of("/", "/foo", "/foo/bar", "/bar/foo", "/ba")) {
            mount.sync(Key.of(key));
            reached.put(key, List.copyOf(lines));
            lines.clear();
        }
        assertEquals(
                Map.of(
                        "/", List.of("/foo/bar: sync /", "/foo: sync /", "/bar: sync /", "/: sync /"),
                        "/foo", List.of("/foo/bar: sync /", "/foo: sync /"),
                        "/foo/bar", List.of("/foo/bar: sync /"),
                        "/bar/foo", List.of("/bar: sync /foo"),
                        "/ba", List.of("/: sync /ba")),
                reached);
    }

    @Test
    void deletesAreAskedForWhereSyncReachesAndOneRefusalIsHeardAsItIs() throws DatastoreException {
        List<String> lines = new ArrayList<>();
        MountDatastore mount = new MountDatastore(List.of(
                new MountDatastore.Mount(
                        Key.of("/blocks"), new LogDatastore("blocks", new MemoryDatastore(), lines::add)),
                new MountDatastore.Mount(
                        Key.of("/old"), new ReadOnlyDatastore("kept as it is", new MemoryDatastore()))));
        mount.requireDeletes(Key.of("/blocks"));
        mount.requireDeletes(Key.of("/blocks/x"));
        mount.requireDeletes(Key.of("/elsewhere"));
        assertEquals(List.of("blocks: require deletes /", "blocks: require deletes /x"), lines);
        for (String key : List.of("/", "/old", "/old/x")) {
            assertEquals("kept as it is", messageOf(() -> mount.requireDeletes(Key.of(key))), key);
        }
    }

    @Test
    void failuresNameTheMountpointAndAllStoresAreTried() throws DatastoreException {
        MemoryDatastore good = new MemoryDatastore();
        MountDatastore mount = new MountDatastore(List.of(
                new MountDatastore.Mount(Key.of("/a"), new FailingDatastore()),
                new MountDatastore.Mount(Key.of("/b"), good),
                new MountDatastore.Mount(Key.of("/c"), new FailingDatastore())));
        assertEquals(
                "syncing datastore at /c: test error\nsyncing datastore at /a: test error",
                messageOf(() -> mount.sync(Key.ROOT)));
        assertEquals(
                "getting disk usage at /c: test error\ngetting disk usage at /a: test error",
                messageOf(mount::diskUsage));
        assertEquals(
                "closing datastore at /c: test error\nclosing datastore at /a: test error", messageOf(mount::close));
        Batch batch = mount.batch();
        batch.put(Key.of("/a/1"), VALUE);
        batch.put(Key.of("/b/1"), VALUE);
        assertEquals("committing batch to datastore at /a: test error", messageOf(batch::commit));
        assertTrue(good.has(Key.of("/1")));
    }

    @Test
    void aStoreThatCannotBeListedFailsTheWholeListingAndTheOthersAreClosed() {
        Recorder good = new Recorder();
        MountDatastore mount = new MountDatastore(List.of(
                new MountDatastore.Mount(Key.of("/z"), good.store()),
                new MountDatastore.Mount(Key.of("/a"), new FailingDatastore())));
        assertEquals("test error", messageOf(() -> mount.query(Query.keys(Key.ROOT))));
        assertEquals(List.of("query", "query.close"), good.calls());
    }

    private MountDatastore mount(String... mountpoints) {
        children.clear();
        return new MountDatastore(Stream.of(mountpoints)
                .map(at -> new MountDatastore.Mount(
                        Key.of(at), children.computeIfAbsent(at, key -> new MemoryDatastore())))
                .toList());
    }

    private MountDatastore filled(List<String> mountpoints, List<String> keys) throws DatastoreException {
        MountDatastore mount = mount(mountpoints.toArray(String[]::new));
        for (String key : keys) {
            mount.put(Key.of(key), VALUE);
        }
        return mount;
    }

    private MemoryDatastore child(String mountpoint) {
        return Optional.ofNullable(children.get(mountpoint)).orElseThrow();
    }

    private static List<String> below(Datastore store, String prefix) throws DatastoreException {
        return keys(store, Query.keys(Key.of(prefix))).stream().sorted().toList();
    }

    private static List<String> keysIn(Datastore store) throws DatastoreException {
        return below(store, "/");
    }

    private static List<String> keys(Datastore store, Query query) throws DatastoreException {
        try (Results results = store.query(query)) {
            return results.rest().stream().map(entry -> entry.key().toString()).toList();
        }
    }

    private static String messageOf(Executable call) {
        return String.valueOf(assertThrows(DatastoreException.class, call).getMessage());
    }
}
