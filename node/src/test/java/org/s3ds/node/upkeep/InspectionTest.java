package org.s3ds.node.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.s3ds.node.upkeep.MemoryRepo.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.Node;
import org.s3ds.node.upkeep.Tally.Item;

/**
 * What an inspection finds missing, damaged and strange, whom it names, what it reads for that, and what it repairs.
 */
final class InspectionTest {
    private static final CidFormat RAW = new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256);
    private static final int LEAVES = 40;

    @TempDir
    private Path parent;

    private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> compared = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = new ArrayList<>();
    private final Map<Cid, Block> all = new ConcurrentHashMap<>();
    private volatile int most = Integer.MAX_VALUE;
    private MemoryRepo repo;
    private Cid album;
    private Cid photos;
    private Cid note;
    private Cid files;
    private List<Cid> leaves = List.of();

    /** A pinned node with two below it, of twenty leaves each; a leaf pinned alone; files of one. */
    @BeforeEach
    void lay() throws Exception {
        repo = new MemoryRepo(parent.resolve("repo"), (call, key) -> {
            if (key.toString().startsWith("/CIQ")) {
                switch (call) {
                    case "get" -> reads.add(key.toString());
                    case "sha256" -> compared.add(key.toString());
                    default -> asked.add(key.toString());
                }
                if (reads.size() + compared.size() > most) {
                    throw new DatastoreException("no way to the store");
                }
            }
        });
        leaves = new ArrayList<>();
        for (int i = 0; i < LEAVES; i++) {
            leaves.add(lay(Block.hash(RAW, ("leaf " + i).getBytes(StandardCharsets.UTF_8))));
        }
        photos = node(leaves.subList(0, 20));
        album = node(List.of(photos, node(leaves.subList(20, LEAVES))));
        note = lay(Block.hash(RAW, new byte[] {1}));
        files = node(List.of(lay(Block.hash(RAW, new byte[] {2}))));
        try (Node node = repo.open()) {
            node.pins().addRecursive(album, "album");
            node.pins().addDirect(note, "");
            node.files().set(files);
        }
        reads.clear();
    }

    private Cid lay(Block block) {
        repo.blocks().put(key(block.cid()), block.data());
        all.put(block.cid(), block);
        return block.cid();
    }

    private Cid node(List<Cid> below) {
        List<Link> links =
                below.stream().map(cid -> new Link(cid.toString(), cid, 1)).toList();
        return lay(Block.hash(CidFormat.V0, PbNode.of(links, null).encode()));
    }

    private void lose(Cid... cids) {
        for (Cid cid : cids) {
            repo.blocks().delete(key(cid));
        }
    }

    private InspectionReport inspect(InspectionOptions options) throws IOException {
        told.clear();
        reads.clear();
        asked.clear();
        compared.clear();
        try (Node node = repo.open()) {
            return new Inspection(node.repo(), node.blocks(), node.pins(), InstantSource.system(), new Recorded())
                    .run(options);
        }
    }

    private static InspectionOptions sizes() {
        return new InspectionOptions(Optional.empty(), false, "", List.of());
    }

    private InspectionOptions repairing() {
        BlockSource copy = cid -> {
            for (Block block : all.values()) {
                if (block.cid().hash().equals(cid.hash())) {
                    return Block.of(cid, block.data());
                }
            }
            throw new MissingBlockException(cid);
        };
        BlockSource damaged = cid -> Block.of(cid, new byte[] {9});
        return new InspectionOptions(Optional.of(Sample.ALL), false, "copy", List.of(damaged, copy));
    }

    @Test
    void aRepoThatIsWholeIsProvenSoAndEachBlockIsReadOnce() throws Exception {
        InspectionReport report = inspect(InspectionOptions.FULL);
        assertEquals(List.of(), told);
        assertTrue(report.provesAll());
        assertEquals(LEAVES + 7, report.good(), "all that were laid, and the empty directory of init");
        assertEquals(LEAVES + 7, report.listed().count());
        assertEquals(LEAVES + 7, report.needed());
        assertEquals(LEAVES + 7, reads.size(), "nodes are in memory when they are walked");
        assertEquals(List.of(), asked, "no leaf is asked for");
    }

    @Test
    void whatIsMissingIsNamedWithWhatNeedsIt() throws Exception {
        lose(photos, leaves.get(30), note, all(files).getFirst());
        repo.blocks().put(Key.of("/SHARDING"), new byte[1]);
        InspectionReport report = inspect(InspectionOptions.FULL);
        assertEquals(4, report.missing());
        assertFalse(report.isWhole());
        assertEquals(1, report.foreign());
        assertEquals(List.of("SHARDING"), report.foreignNames());
        List<String> expected = List.of(
                sentence(photos, "the pin " + album + " (\"album\")", ", at " + album + "/" + photos),
                sentence(leaves.get(30), "the pin " + album + " (\"album\")", ", at " + above(leaves.get(30))),
                sentence(note, "the pin " + note, ""),
                sentence(
                        all(files).getFirst(),
                        "the root of the files (MFS)",
                        ", at " + files + "/" + all(files).getFirst()));
        assertEquals(expected.stream().sorted().toList(), told.stream().sorted().toList());
    }

    private static String sentence(Cid cid, String keeper, String path) {
        return "block " + cid + " is missing: " + keeper + " needs it" + path;
    }

    private String above(Cid leaf) throws IOException {
        for (Cid node : all(album)) {
            if (all(node).contains(leaf)) {
                return album + "/" + node + "/" + leaf;
            }
        }
        throw new AssertionError("nothing has " + leaf);
    }

    /** The links of a node. */
    private List<Cid> all(Cid node) throws IOException {
        Block block = all.get(node);
        assertTrue(block != null);
        return PbNode.decode(block.data()).links().stream().map(Link::cid).toList();
    }

    @Test
    void whatIsMissingAndWhatIsBelowItComesBackAndWhatIsCorruptIsHealed() throws Exception {
        lose(album, photos, leaves.get(3), leaves.get(30));
        repo.blocks().put(key(leaves.get(5)), new byte[] {7});
        InspectionReport report = inspect(repairing());
        assertEquals(5, report.repaired(), told::toString);
        assertEquals(4, report.restored(), told::toString);
        assertEquals(1, report.corrupt());
        assertTrue(report.provesAll());
        assertTrue(
                told.stream().allMatch(line -> line.endsWith("restored") || line.endsWith("healed")), told::toString);
        assertTrue(inspect(InspectionOptions.FULL).provesAll());
        assertEquals(List.of(), told);
    }

    @Test
    void whatCannotBeRestoredStaysMissing() throws Exception {
        lose(leaves.get(3));
        all.remove(leaves.get(3));
        InspectionReport report = inspect(repairing());
        assertEquals(1, report.missing());
        assertEquals(0, report.restored());
        assertTrue(told.getFirst().endsWith(", not restored (the copy of it is damaged, too)"), told::toString);
    }

    @Test
    void aNodeThatIsDamagedIsCorruptAndWhatIsBelowIsNotKnown() throws Exception {
        repo.blocks().put(key(photos), new byte[] {7});
        InspectionReport report = inspect(InspectionOptions.FULL);
        assertEquals(1, report.corrupt());
        assertEquals(1, report.broken());
        assertFalse(report.isWhole());
        assertEquals(2, told.size(), told::toString);
    }

    @Test
    void aRunThatWasCutShortIsGoneOnWith() throws Exception {
        most = 20;
        assertThrows(IOException.class, () -> inspect(InspectionOptions.FULL));
        most = Integer.MAX_VALUE;
        InspectionReport report = inspect(InspectionOptions.FULL);
        assertEquals(List.of("goes on"), told);
        assertTrue(report.provesAll());
        assertEquals(LEAVES + 7, report.good());
        assertTrue(reads.size() < LEAVES + 7, () -> reads.size() + " reads");
    }

    @Test
    void sizesReadsNodesAlone() throws Exception {
        lose(leaves.get(3));
        repo.blocks().put(key(leaves.get(5)), new byte[] {7});
        InspectionReport report = inspect(sizes());
        assertEquals(1, report.missing());
        assertFalse(report.provesAll());
        assertEquals(0, report.looked().get(Item.PROVED));
        assertEquals(5, reads.size());
        assertEquals(List.of(key(leaves.get(3)).toString()), asked, "what a listing lacks is asked for");
        assertEquals(Look.TRIED, compared.size(), "the store keeps no checksum of these, so no more are asked about");
        assertEquals(Look.TRIED, inspect(sizes()).looked().get(Item.UNPROVED));
        assertEquals(Look.TRIED, compared.size(), "nothing was left to go on with");
    }

    @Test
    void blocksAreProvedByTheChecksumsThatTheStoreKeepsAndReadWhenTheseAreOthers() throws Exception {
        repo.keepChecksums();
        HashFunction other = HashFunction.byName("sha2-512").orElseThrow();
        lay(Block.hash(new CidFormat(1, Multicodec.RAW, other), new byte[] {3}));
        InspectionReport report = inspect(sizes());
        assertTrue(report.isWhole());
        assertFalse(report.provesAll());
        assertEquals(LEAVES + 7, report.looked().get(Item.PROVED));
        assertEquals(LEAVES + 7, compared.size(), "all but the one whose name is made of another hash");
        assertEquals(5, reads.size(), "nodes");
        repo.blocks().put(key(leaves.get(5)), new byte[] {7});
        report = inspect(sizes());
        assertEquals(1, report.corrupt());
        assertFalse(report.isWhole());
        assertEquals(LEAVES + 6, report.looked().get(Item.PROVED));
        assertEquals(
                List.of(cidAsListed(leaves.get(5))),
                told.stream().map(InspectionTest::cidOf).toList());
        assertEquals(7, reads.size(), "nodes, and twice the corrupt one");
        report = inspect(new InspectionOptions(
                Optional.empty(), false, "copy", repairing().copies()));
        assertTrue(report.isWhole());
        assertEquals(1, report.repaired());
        assertEquals(LEAVES + 7, inspect(sizes()).looked().get(Item.PROVED));
    }

    private static String cidAsListed(Cid cid) {
        return Cid.v1(Multicodec.RAW, cid.hash()).toString();
    }

    /** Of a line such as {@code block bafkrei… was corrupt (…)}. */
    private static String cidOf(String line) {
        return line.split(" ", 3)[1];
    }

    @Test
    void comparingChecksumsIsGoneOnWithBesideAReadingThatWasCutShort() throws Exception {
        repo.keepChecksums();
        most = 20;
        assertThrows(IOException.class, () -> inspect(InspectionOptions.FULL));
        most = 25;
        assertThrows(IOException.class, () -> inspect(sizes()));
        assertEquals(List.of(), told, "that another one was cut short does not matter");
        most = Integer.MAX_VALUE;
        InspectionReport report = inspect(sizes());
        assertEquals(List.of("goes on"), told);
        assertEquals(LEAVES + 7, report.looked().get(Item.PROVED));
        assertTrue(compared.size() < LEAVES + 7, () -> compared.size() + " compared");
        inspect(sizes());
        assertEquals(LEAVES + 7, compared.size(), "the one before came to its end");
        assertTrue(inspect(InspectionOptions.FULL).provesAll());
        assertEquals(List.of("goes on"), told, "the reading has its place still");
    }

    @Test
    void aSampleIsTheSameEachTimeAndAnotherWithAnotherSeed() throws Exception {
        Sample tenth = new Sample(Sample.WHOLE / 10, 1);
        Sample other = new Sample(Sample.WHOLE / 10, 2);
        int in = 0;
        int both = 0;
        for (int i = 0; i < 10_000; i++) {
            Cid cid = Block.hash(RAW, ("block " + i).getBytes(StandardCharsets.UTF_8))
                    .cid();
            in += tenth.has(cid.hash()) ? 1 : 0;
            both += tenth.has(cid.hash()) && other.has(cid.hash()) ? 1 : 0;
        }
        assertTrue(in > 900 && in < 1_100, "of 10000: " + in);
        assertTrue(both > 60 && both < 140, "of 10000 in both: " + both);
        Sample half = new Sample(Sample.WHOLE / 2, 1);
        InspectionReport report = inspect(new InspectionOptions(Optional.of(half), false, "", List.of()));
        long laid = all.keySet().stream().filter(cid -> half.has(cid.hash())).count();
        long read = report.looked().get(Item.BLOCKS);
        assertTrue(read == laid || read == laid + 1, "the empty directory of init may be in it: " + read);
        assertTrue(report.isWhole());
        assertFalse(report.provesAll());
    }

    private final class Recorded implements Inspection.Listener {
        @Override
        public void goesOn(VerifyPosition from) {
            told.add("goes on");
        }

        @Override
        public void looked(Tally sofar) {}

        @Override
        public void found(BadBlock bad) {
            told.add(bad.sentence());
        }

        @Override
        public void missed(Cid cid, String keeper) {
            told.add("missed " + cid);
        }

        @Override
        public void notice(String sentence) {
            told.add(sentence);
        }

        @Override
        public void missing(MissingBlock missing) {
            told.add(missing.sentence());
        }

        @Override
        public void broken(String keeper, Cid cid, IOException failure) {
            told.add("broken " + cid);
        }

        @Override
        public void needed(long blocks) {}

        @Override
        public void listed(Totals so) {}

        @Override
        public void differs(DifferingBlock block) {
            told.add("differs " + block.cid());
        }
    }
}
