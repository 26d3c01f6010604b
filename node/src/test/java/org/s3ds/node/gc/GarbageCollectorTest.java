package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.pins.FilesRoot;
import org.s3ds.node.pins.Pins;

/** What a collection removes, what it leaves, and that it removes nothing when it cannot tell. */
class GarbageCollectorTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);
    private static final CidFormat NODE = new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256);
    private static final GarbageCollector.Options PLAIN =
            new GarbageCollector.Options(false, false, false, Optional.empty());
    private static final Key FILES_ROOT = FilesRoot.KEY;

    @TempDir
    Path directory;

    private final MemoryDatastore memory = new MemoryDatastore();
    private final FaultyStore store = new FaultyStore(memory);
    private final Blockstore blocks = new Blockstore(store, HashPolicy.kubo());
    private final Pins pins = new Pins(store);
    private final Told told = new Told();

    private Collected collect(GarbageCollector.Options options) throws IOException {
        return new GarbageCollector(store, blocks, pins, directory.resolve("gc"), InstantSource.system())
                .collect(options, told);
    }

    private Cid leaf(String text) throws IOException {
        return put(RAW, text.getBytes(StandardCharsets.UTF_8));
    }

    private Cid node(Cid... children) throws IOException {
        Link[] links = new Link[children.length];
        Arrays.setAll(links, i -> new Link("child" + i, children[i], 1));
        return put(NODE, PbNode.of(List.of(links), null).encode());
    }

    private Cid put(CidFormat format, byte[] data) throws IOException {
        Block block = Block.hash(format, data);
        blocks.put(block);
        return block.cid();
    }

    private static Key key(Cid cid) {
        return Key.raw(
                "/blocks/" + Multibase.BASE32_UPPER.encode(cid.hash().toBytes()).substring(1));
    }

    private Set<Key> stored() throws IOException {
        try (Results results = memory.query(Query.keys(Key.raw("/blocks")))) {
            Set<Key> keys = new TreeSet<>(Key.BYTE_ORDER);
            results.rest().forEach(entry -> keys.add(entry.key()));
            return keys;
        }
    }

    private static Set<Key> keys(Cid... cids) {
        Set<Key> keys = new TreeSet<>(Key.BYTE_ORDER);
        for (Cid cid : cids) {
            keys.add(key(cid));
        }
        return keys;
    }

    private void assertNothingIsRemoved(String sentence, GarbageCollector.Options options) throws IOException {
        Set<Key> before = stored();
        told.removed.clear();
        IOException failure = assertThrows(IOException.class, () -> collect(options));
        assertTrue(failure.toString().contains(sentence), failure::toString);
        assertEquals(before, stored());
        assertEquals(List.of(), told.removed);
    }

    @Test
    void whatNothingKeepsIsRemoved() throws Exception {
        Cid kept = leaf("kept");
        Cid root = node(kept, leaf("kept as well"));
        Cid direct = node(leaf("garbage below a direct pin"));
        Cid files = node(leaf("a file"));
        node(leaf("garbage"), kept);
        pins.addRecursive(root, "");
        pins.addDirect(direct, "");
        store.put(FILES_ROOT, files.toBytes());
        Set<Key> live = keys(kept, root, leaf("kept as well"), direct, files, leaf("a file"));
        Collected collected = collect(PLAIN);
        assertEquals(live, stored());
        assertEquals(3, collected.swept().removed());
        assertEquals(9, collected.swept().listed());
        assertEquals(6, collected.marked());
        assertEquals(2, collected.read(), "the roots of the pin and of the files");
        assertEquals(3, told.removed.size());
        assertEquals(told.bytes, collected.swept().bytes());
        assertEquals(0, collect(PLAIN).swept().removed());
    }

    @Test
    void aRehearsalTellsTheSameAndRemovesNothing() throws Exception {
        leaf("garbage");
        store.refusal = Optional.of("not yours");
        Collected collected = collect(new GarbageCollector.Options(true, false, false, Optional.empty()));
        assertEquals(1, collected.swept().removed());
        assertEquals(7, collected.swept().bytes());
        assertEquals(keys(leaf("garbage")), stored());
    }

    @Test
    void whoeverMayNotDecideWhatGoesIsToldBeforeAnythingElse() throws Exception {
        leaf("garbage");
        store.refusal = Optional.of("not yours");
        store.calls.clear();
        AccessException refusal = assertThrows(AccessException.class, () -> collect(PLAIN));
        assertEquals("not yours", refusal.getMessage());
        assertEquals(List.of("requireDeletes /blocks"), store.calls);
    }

    @Test
    void aBlockIsKeptUnderWhateverCidItIsPinned() throws Exception {
        Cid leaf = leaf("leaf");
        Cid root = node(leaf);
        pins.addRecursive(Cid.v0(root.hash()), "");
        pins.addRecursive(Cid.v1(Multicodec.RAW, root.hash()), "");
        collect(PLAIN);
        assertEquals(keys(leaf, root), stored());
    }

    @Test
    void aMissingBlockStopsItAndThePinAndThePathAreNamed() throws Exception {
        Cid lost = node(leaf("below"));
        Cid root = node(leaf("there"), node(lost));
        memory.delete(key(lost));
        pins.addRecursive(root, "photos");
        String where = "could not tell what the pin %s (\"photos\") keeps: %s (at %s/child1/child0)"
                .formatted(root, "block was not found locally (offline): ipld: could not find " + lost, root);
        assertNothingIsRemoved(where, PLAIN);
        BrokenRootException failure = assertThrows(BrokenRootException.class, () -> collect(PLAIN));
        assertEquals(lost, failure.cid());
        assertEquals(root, failure.root());
    }

    @Test
    void aMissingBlockWithoutLinksIsToldAtTheEnd() throws Exception {
        Cid lost = leaf("lost");
        Cid root = node(leaf("there"), lost);
        leaf("garbage");
        memory.delete(key(lost));
        pins.addRecursive(root, "");
        assertEquals(1, collect(PLAIN).swept().removed());
        assertEquals(
                List.of("blocks that are kept but are not there: 1; \"s3ds pin verify\" says which pins lack them"),
                told.notices);
    }

    @Test
    void aCodecWhoseLinksCannotBeReadStopsIt() throws Exception {
        Cid unknown = put(new CidFormat(1, 0x300000, HashFunction.SHA2_256), new byte[] {1});
        leaf("garbage");
        pins.addRecursive(unknown, "");
        assertNothingIsRemoved("could not tell what the pin " + unknown + " keeps: ", PLAIN);
    }

    @Test
    void aRecordOfAPinThatCannotBeReadStopsIt() throws Exception {
        leaf("garbage");
        pins.addRecursive(node(leaf("kept")), "");
        store.put(Key.raw("/pins/pin/0123456789abcdef0123456789abcdef"), new byte[] {1, 2});
        assertNothingIsRemoved("the pin record /pins/pin/0123456789abcdef0123456789abcdef is damaged", PLAIN);
    }

    @Test
    void aPinIsARootByItsRecordAloneOrByItsIndexAlone() throws Exception {
        Cid recorded = node(leaf("by its record"));
        Cid indexed = node(leaf("by its index"));
        pins.addRecursive(recorded, "");
        deletePins("/pins/index");
        pins.addRecursive(indexed, "");
        Set<Key> before = stored();
        String id = Multibase.BASE64URL.encode("fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8));
        Cid direct = leaf("by its index, directly");
        before.add(key(direct));
        store.put(
                Key.raw("/pins/index/cidDindex/" + Multibase.BASE64URL.encode(direct.toBytes()) + "/" + id),
                new byte[0]);
        collect(PLAIN);
        assertEquals(before, stored());
    }

    private void deletePins(String prefix) throws IOException {
        try (Results results = memory.query(Query.keys(Key.raw(prefix)))) {
            for (var entry : results.rest()) {
                memory.delete(entry.key());
            }
        }
    }

    @Test
    void aMarkOfPinsWithoutBytesIsPutRightAndNothingThatIsPinnedGoes() throws Exception {
        Cid root = node(leaf("kept"));
        pins.addRecursive(root, "");
        deletePins("/pins/index");
        store.put(Key.raw("/pins/state/dirty"), new byte[0]);
        Set<Key> before = stored();
        leaf("garbage");
        collect(PLAIN);
        assertEquals(before, stored());
        assertEquals(1, pins.notices().size());
        assertTrue(pins.isRecursive(root));
    }

    @Test
    void theFilesAreKeptWholeUnlessMissingBlocksAreAllowed() throws Exception {
        Cid lost = leaf("lost");
        Cid inner = node(lost);
        Cid deep = node(inner, leaf("there"));
        store.put(FILES_ROOT, deep.toBytes());
        memory.delete(key(inner));
        leaf("garbage");
        assertNothingIsRemoved(
                "could not tell what the root of the files (MFS) keeps: block was not found locally (offline): ipld: could not find %s (at %s/child0)"
                        .formatted(inner, deep),
                PLAIN);
        collect(new GarbageCollector.Options(false, false, true, Optional.empty()));
        assertEquals(keys(deep, leaf("there")), stored());
        memory.delete(key(deep));
        assertNothingIsRemoved(
                "could not tell what the root of the files (MFS) keeps",
                new GarbageCollector.Options(false, false, true, Optional.empty()));
        store.put(FILES_ROOT, new byte[] {7});
        assertNothingIsRemoved("the root of the files (MFS), the value of /local/filesroot, is no CID: 07", PLAIN);
    }

    @Test
    void whatIsInUseStays() throws Exception {
        Cid before = leaf("before");
        Cid during = leaf("during");
        leaf("garbage");
        try (Scope scope = blocks.protect()) {
            scope.blocks().has(before);
            store.onQuery = () -> {
                try (Scope late = blocks.protect()) {
                    late.blocks().has(during);
                }
            };
            Collected collected = collect(PLAIN);
            assertEquals(keys(before, during), stored());
            assertEquals(2, collected.swept().inUse());
        }
        store.onQuery = () -> {};
        assertEquals(2, collect(PLAIN).swept().removed());
    }

    @Test
    void namesKeepWhatTheyStandForIfThatIsAskedFor() throws Exception {
        Cid root = node(leaf("published"));
        GarbageCollector.Options names = new GarbageCollector.Options(false, true, false, Optional.empty());
        Key name = Key.raw("/ipns/AASAQAISEAWK5W2VG5K2BNJPKVJ5XKSXKJZC7ZLYP4VAVU4ODUQ6N2FNTPGPY");
        store.put(name, record("/ipfs/" + root + "/child0"));
        Set<Key> before = stored();
        collect(names);
        assertEquals(before, stored());
        store.put(name, new byte[] {1});
        assertNothingIsRemoved("the IPNS record in " + name + " is damaged: ", names);
        store.put(name, record("/ipns/example.com"));
        collect(names);
        assertEquals(Set.of(), stored());
        assertEquals(1, told.notices.size());
        assertTrue(
                told.notices.getFirst().endsWith(" stands for /ipns/example.com, another name, and keeps nothing"),
                told.notices::toString);
    }

    /** An IPNS record that has nothing but its data (field 9), and no more than 127 bytes of it. */
    private static byte[] record(String value) {
        byte[] data =
                DagCbor.encode(Data.MapOf.of(Map.of("Value", Data.Bytes.of(value.getBytes(StandardCharsets.UTF_8)))));
        return ByteBuffer.allocate(2 + data.length)
                .put((byte) 0x4a)
                .put((byte) data.length)
                .put(data)
                .array();
    }

    @Test
    void aBlockThatCannotBeRemovedIsToldAndTheOthersGo() throws Exception {
        Cid stuck = leaf("stuck");
        leaf("garbage");
        store.stuck = hash -> hash.equals(key(stuck)) ? "it is nailed down" : "";
        Collected collected = collect(PLAIN);
        assertEquals(keys(stuck), stored());
        assertEquals(1, collected.swept().failed());
        assertEquals(1, collected.swept().removed());
        assertEquals(Set.of(stuck.hash()), told.failures.keySet());
        assertTrue(told.failures.toString().contains("it is nailed down"));
        assertEquals(1, collect(PLAIN).swept().failed(), "alone, too");
    }

    @Test
    void whenNotOneOfAThousandCanBeRemovedItEnds() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            leaf("garbage " + i);
        }
        store.stuck = hash -> "denied";
        IOException failure = assertThrows(IOException.class, () -> collect(PLAIN));
        assertTrue(
                failure.toString().contains("garbage collection stopped after 0 blocks were removed"),
                failure::toString);
        assertEquals(1_000, told.failures.size());
    }

    @Test
    void aListingThatBreaksOffIsAnErrorAndWhatKeepsBlocksIsWhole() throws Exception {
        Cid root = node(leaf("kept"));
        pins.addRecursive(root, "");
        for (int i = 0; i < 3_000; i++) {
            leaf("garbage " + i);
        }
        store.listedAtMost = 2_000;
        IOException failure = assertThrows(IOException.class, () -> collect(PLAIN));
        assertTrue(failure.toString().endsWith("all of them garbage: the page broke off"), failure::toString);
        assertTrue(stored().containsAll(keys(root, leaf("kept"))));
        store.listedAtMost = Integer.MAX_VALUE;
        collect(PLAIN);
        assertEquals(keys(root, leaf("kept")), stored());
    }

    @Test
    void anInterruptEndsItAndWhatIsGoneIsTold() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            leaf("garbage " + i);
        }
        AtomicInteger batches = new AtomicInteger();
        store.onCommit = () -> {
            if (batches.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
            }
        };
        IOException failure = assertThrows(IOException.class, () -> collect(PLAIN));
        assertTrue(Thread.interrupted());
        assertEquals(
                "java.io.IOException: garbage collection stopped after 1000 blocks were removed, all of them garbage:"
                        + " interrupted",
                failure.toString());
        assertEquals(2_000, stored().size());
    }

    @Test
    void aStoreThatCannotTellTimesCannotKeepBlocksForTheirAge() throws Exception {
        leaf("garbage");
        assertNothingIsRemoved(
                "the store of the blocks does not tell when they were put",
                new GarbageCollector.Options(false, false, false, Optional.of(Duration.ofHours(1))));
    }

    @Test
    void aPlanIsADecisionAboutEachBlockByItself() throws Exception {
        Multihash hash = leaf("block").hash();
        Instant bound = Instant.parse("2026-01-02T00:00:00Z");
        ListedBlock old = new ListedBlock(hash, OptionalLong.empty(), Optional.of(bound.minusNanos(1)));
        ListedBlock young = new ListedBlock(hash, OptionalLong.empty(), Optional.of(bound));
        SweepPlan plan = new SweepPlan(any -> false, any -> false, Optional.of(bound));
        assertEquals(SweepPlan.Verdict.GOES, plan.of(old));
        assertEquals(SweepPlan.Verdict.YOUNG, plan.of(young));
        assertEquals(SweepPlan.Verdict.KEPT, new SweepPlan(any -> true, any -> true, Optional.of(bound)).of(young));
        assertEquals(SweepPlan.Verdict.IN_USE, new SweepPlan(any -> false, any -> true, Optional.empty()).of(young));
        assertEquals(bound.minusSeconds(62), SweepPlan.before(bound, Duration.ofMinutes(1)));
    }

    @Test
    void namesThatAreNoBlocksStayAndAreCounted() throws Exception {
        store.put(Key.raw("/blocks/notes.txt"), new byte[] {1});
        store.put(Key.raw("/blocks/.s3ds/claim/0000000000000001"), new byte[] {1});
        leaf("garbage");
        Collected collected = collect(PLAIN);
        assertEquals(1, collected.swept().foreign());
        assertEquals(2, stored().size());
        assertFalse(stored().contains(key(leaf("other"))));
    }

    /** What a listener was told. */
    private static final class Told implements GarbageCollector.Listener {
        final List<Multihash> removed = new ArrayList<>();
        final Map<Multihash, String> failures = new LinkedHashMap<>();
        final List<String> notices = new ArrayList<>();
        long bytes;

        @Override
        public void marked(long kept, long read, long bytes) {}

        @Override
        public void listed(long blocks) {}

        @Override
        public void removed(ListedBlock block) {
            removed.add(block.hash());
            bytes += block.size().orElseThrow();
        }

        @Override
        public void notRemoved(Multihash hash, IOException failure) {
            failures.put(hash, failure.toString());
        }

        @Override
        public void notice(String notice) {
            notices.add(notice);
        }
    }
}
