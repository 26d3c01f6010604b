package org.s3ds.node.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.car.CarWriter;
import org.s3ds.node.pins.Dags;
import org.s3ds.node.pins.Pins;

class DagImportTest {
    private static final CidFormat RAW = CidFormat.V1.withCodec(Multicodec.RAW);

    private final Dags dags = new Dags();
    private final Pins pins = new Pins(dags.store);
    private final List<String> told = new ArrayList<>();

    private static Block leaf(String text) {
        return Block.hash(RAW, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Block node(Block... children) {
        List<Link> links = Arrays.stream(children)
                .map(child -> new Link("", child.cid(), 1))
                .toList();
        return Block.hash(CidFormat.V1, PbNode.of(links, null).encode());
    }

    private static byte[] car(Cid root, Block... blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, List.of(root));
        for (Block block : blocks) {
            writer.write(block);
        }
        return out.toByteArray();
    }

    private DagImport.Imported run(boolean big, byte[]... cars) throws IOException {
        return new DagImport(dags.blocks, pins, big)
                .run(
                        cars(cars),
                        Optional.of((root, failure) -> told.add(
                                root + failure.map(e -> " " + e.getMessage()).orElse(""))));
    }

    private static DagImport.Cars cars(byte[]... cars) {
        Iterator<byte[]> left = List.of(cars).iterator();
        return () -> left.hasNext() ? Optional.of(new ByteArrayInputStream(left.next())) : Optional.empty();
    }

    private String failure(byte[]... cars) {
        return String.valueOf(
                assertThrows(IOException.class, () -> run(false, cars)).getMessage());
    }

    private boolean isPinned(Cid cid) throws IOException {
        return pins.snapshot().stream().anyMatch(pin -> pin.cid().equals(cid));
    }

    @Test
    void blocksAreStoredAndTheRootIsPinned() throws IOException {
        Block root = node(leaf("a"), leaf("b"));
        assertEquals(
                new DagImport.Imported(4, root.size() + 3),
                run(false, car(root.cid(), root, leaf("a"), leaf("b"), leaf("a"))));
        assertEquals(List.of(root.cid().toString()), told);
        assertTrue(isPinned(root.cid()));
        assertEquals("b", new String(dags.blocks.get(leaf("b").cid()).data(), StandardCharsets.UTF_8));
    }

    @Test
    void itCostsAPutForEachBlockAndAGetForEachNodeBelowTheRoot() throws IOException {
        Block root = node(leaf("a"), leaf("b"), node(leaf("c")));
        run(false, car(root.cid(), root, leaf("a"), leaf("b"), leaf("a"), node(leaf("c")), leaf("c")));
        assertEquals(5, dags.blockCalls("put"));
        assertEquals(2, dags.blockCalls("get"));
        assertEquals(0, dags.blockCalls("has") + dags.blockCalls("size"));
    }

    @Test
    void aLeafThatWasNotInTheCarIsAskedFor() throws IOException {
        dags.blocks.put(leaf("here before"));
        Block root = node(leaf("here before"));
        run(false, car(root.cid(), root));
        assertEquals(1, dags.blockCalls("size"));
        assertTrue(isPinned(root.cid()));
    }

    @Test
    void aDagMaySpanSeveralCars() throws IOException {
        Block root = node(leaf("a"));
        run(false, car(root.cid(), root), car(root.cid(), leaf("a")));
        assertEquals(List.of(root.cid().toString()), told);
        assertTrue(isPinned(root.cid()));
    }

    @Test
    void aRootThatIsNotWholeIsToldAndNotPinnedAndTheOthersAre() throws IOException {
        Block broken = node(leaf("not there"));
        Block whole = node(leaf("a"));
        run(false, car(broken.cid(), broken), car(leaf("nor this").cid()), car(whole.cid(), whole, leaf("a")));
        assertEquals(3, told.size());
        assertTrue(
                told.getFirst()
                        .contains("ipld: could not find " + leaf("not there").cid()),
                told.getFirst());
        assertTrue(
                told.get(1).contains("ipld: could not find " + leaf("nor this").cid()), told.get(1));
        assertFalse(isPinned(broken.cid()));
        assertTrue(isPinned(whole.cid()));
    }

    @Test
    void whereItIsCutWhatCameBeforeIsStoredAndNothingIsPinned() throws IOException {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("a cut CAR: -Ds3ds.seed=" + seed);
        Random random = new Random(seed);
        Block root = node(leaf("a"), leaf("b"), leaf("c"));
        Block[] blocks = {root, leaf("a"), leaf("b"), leaf("c")};
        int whole = random.nextInt(blocks.length);
        byte[] before = car(root.cid(), Arrays.copyOf(blocks, whole));
        byte[] one = car(root.cid(), Arrays.copyOf(blocks, whole + 1));
        byte[] cut = Arrays.copyOf(one, before.length + 1 + random.nextInt(one.length - before.length - 1));
        String sentence = failure(cut);
        String begin = whole == 0
                ? "import failed: unexpected EOF"
                : "import failed after block \"%s\": unexpected EOF".formatted(blocks[whole - 1].cid());
        assertTrue(sentence.startsWith(begin), sentence);
        String kept = whole == 0 ? "no block was stored" : "the blocks before it, %d, are stored".formatted(whole);
        assertTrue(sentence.endsWith("(" + kept + "; nothing was pinned)"), sentence);
        for (int i = 0; i < blocks.length; i++) {
            assertEquals(i < whole, dags.blocks.has(blocks[i].cid()));
        }
        assertEquals(List.of(), told);
        assertEquals(List.of(), pins.snapshot());
    }

    @Test
    void aWrongHashIsNamedAndItsBlockNotStored() throws IOException {
        byte[] wrong = car(leaf("a").cid(), leaf("a"), Block.of(leaf("b").cid(), new byte[] {'c'}));
        assertTrue(failure(wrong)
                .startsWith("import failed after block \"%s\": mismatch in content integrity, expected: %s, got: %s"
                        .formatted(leaf("a").cid(), leaf("b").cid(), leaf("c").cid())));
        assertFalse(dags.blocks.has(leaf("b").cid()));
        assertFalse(dags.blocks.has(leaf("c").cid()));
    }

    @Test
    void aLargeBlockIsRefusedUnlessAskedFor() throws IOException {
        Block large = Block.hash(RAW, new byte[(2 << 20) + 1]);
        assertEquals(
                "import failed at block \"%s\": produced block is over 2MiB: big blocks can't be exchanged with other peers. consider using UnixFS for automatic chunking of bigger files, or pass --allow-big-block to override (no block was stored; nothing was pinned)"
                        .formatted(large.cid()),
                failure(car(large.cid(), large)));
        run(true, car(large.cid(), large));
        assertTrue(isPinned(large.cid()));
    }

    @Test
    void aBlockWhoseLinksNobodyCanReadIsRefused() throws IOException {
        for (long codec : new long[] {Multicodec.DAG_PB, Multicodec.DAG_CBOR, Multicodec.DAG_JSON, 0x78}) {
            Block odd = Block.hash(CidFormat.V1.withCodec(codec), new byte[] {(byte) 0xff});
            assertTrue(failure(car(odd.cid(), odd))
                    .startsWith("import failed at block \"%s\": the links of block".formatted(odd.cid())));
            assertFalse(dags.blocks.has(odd.cid()));
        }
    }

    @Test
    void aHashThatIsNotTrustedIsRefused() throws IOException {
        HashFunction hash = HashFunction.byName("sha2-256").orElseThrow();
        Block weak = Block.of(Cid.v1(Multicodec.RAW, hash.hash(new byte[] {1}, 8)), new byte[] {1});
        assertTrue(failure(car(weak.cid(), weak))
                .startsWith("import failed at block \"%s\": digest too small".formatted(weak.cid())));
    }

    @Test
    void identitiesAreCheckedAndNotStored() throws IOException {
        Block identity = Block.hash(new CidFormat(1, Multicodec.RAW, HashFunction.IDENTITY), new byte[] {'i'});
        Block root = node(identity);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(car(root.cid(), root));
        out.write(identity.cid().byteLength() + 1);
        out.write(identity.cid().toBytes());
        out.write('i');
        assertEquals(2, run(false, out.toByteArray()).blocks());
        assertEquals(1, dags.blockCalls("put"));
        assertTrue(isPinned(root.cid()));
    }

    @Test
    void withoutPinsNothingIsRead() throws IOException {
        Block root = node(leaf("a"));
        byte[] car = car(root.cid(), root, leaf("a"));
        new DagImport(dags.blocks, pins, false).run(cars(car), Optional.empty());
        assertEquals(0, dags.blockCalls("get"));
        assertEquals(List.of(), pins.snapshot());
    }
}
