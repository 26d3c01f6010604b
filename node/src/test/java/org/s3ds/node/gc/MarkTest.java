package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.pins.Dags;

/** What a mark finds to be kept, what it reads for that, and what ends it. */
class MarkTest {
    private static final String MISSING = "block was not found locally (offline): ipld: could not find ";

    @TempDir
    Path directory;

    private final Dags dags = new Dags();
    private final List<String> told = new ArrayList<>();
    private Marks marks = unused();

    private static Marks unused() {
        try {
            return new Marks(Path.of("unused"), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void make() throws IOException {
        marks = new Marks(directory.resolve("gc"), 1 << 20);
    }

    @AfterEach
    void close() throws IOException {
        marks.close();
    }

    private void mark(Root... roots) throws IOException {
        mark(dags, roots);
    }

    private void mark(Dags dags, Root... roots) throws IOException {
        dags.forgetCalls();
        Iterator<Root> all = List.of(roots).iterator();
        new Mark(dags.blocks, marks, (kept, read, bytes) -> told.add(kept + " " + read + " " + bytes))
                .run(() -> all.hasNext() ? Optional.of(all.next()) : Optional.empty());
    }

    private static Root pin(Cid cid) {
        return new Root("the pin " + cid, cid, Root.Extent.DAG);
    }

    private static Root alone(Cid cid) {
        return new Root("the pin " + cid, cid, Root.Extent.BLOCK);
    }

    private static Root files(Cid cid) {
        return new Root("the root of the files", cid, Root.Extent.DAG_AS_FAR_AS_THERE);
    }

    private void assertKept(Cid... cids) throws IOException {
        for (Cid cid : cids) {
            assertTrue(marks.contains(cid.hash()), () -> cid + " would be swept");
        }
    }

    private void assertStopped(String sentence, Root... roots) {
        BrokenRootException e = assertThrows(BrokenRootException.class, () -> mark(roots));
        assertEquals(sentence, e.getMessage());
    }

    // what is kept

    @Test
    void allBelowAPinIsKeptAndNothingElse() throws Exception {
        Cid a = dags.leaf("a");
        Cid file = dags.node(a, dags.leaf("b"));
        Cid root = dags.node(file, a, dags.node());
        Cid garbage = dags.leaf("garbage");
        Cid above = dags.node(root);
        mark(pin(root));
        assertKept(root, file, a, dags.leaf("b"), dags.node());
        assertFalse(marks.contains(garbage.hash()));
        assertFalse(marks.contains(above.hash()));
        assertEquals(5, marks.size());
    }

    @Test
    void blocksWithLinksAreReadOnceAndTheOthersNever() throws Exception {
        Cid shared = dags.node(dags.leaf("a"), dags.leaf("b"));
        Cid root = dags.node(shared, shared, dags.leaf("a"));
        mark(pin(root), pin(shared), pin(dags.leaf("c")), files(root));
        assertEquals(2, dags.blockCalls("get"));
        assertEquals(2, dags.calls().size());
        assertKept(dags.leaf("c"));
    }

    @Test
    void itIsToldHowFarItIs() throws Exception {
        Cid file = dags.node(dags.leaf("a"));
        mark(pin(file), files(dags.node(file)));
        int size = dags.blocks.get(file).size();
        int above = dags.blocks.get(dags.node(file)).size();
        assertEquals(List.of("2 1 " + size, "3 2 " + (size + above)), told);
    }

    @Test
    void aBlockAloneIsKeptWithoutWhatIsBelowItAndNeedNotBeThere() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid node = dags.node(leaf);
        dags.lose(node);
        mark(alone(node));
        assertKept(node);
        assertFalse(marks.contains(leaf.hash()));
        assertEquals(List.of(), dags.calls());
    }

    @Test
    void aBlockThatIsKeptAloneIsFollowedWhenItIsMetBelowAPin() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid node = dags.node(leaf);
        mark(alone(node), pin(dags.node(node)));
        assertKept(node, leaf);
    }

    @Test
    void oneBlockMetAsRawIsFollowedWhenItIsMetAsNode() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid node = dags.node(leaf);
        Cid raw = Cid.v1(Multicodec.RAW, node.hash());
        mark(pin(raw), pin(dags.node(raw, node)));
        assertKept(leaf);
        assertEquals(3, marks.size());
    }

    @Test
    void bothVersionsOfACidAreOneBlockThatIsReadOnce() throws Exception {
        Cid v0 = dags.put(
                CidFormat.V0,
                PbNode.of(List.of(new Link("", dags.leaf("a"), 1)), null).encode());
        mark(pin(v0), pin(v0.toV1()), pin(dags.node(v0, v0.toV1())));
        assertEquals(2, dags.blockCalls("get"));
        assertKept(v0, dags.leaf("a"));
    }

    @Test
    void linksWithinAnIdentityCidAreFollowedAndItIsNoBlock() throws Exception {
        Cid leaf = dags.leaf("a");
        byte[] node = PbNode.of(List.of(new Link("", leaf, 1)), null).encode();
        Cid inline = Cid.v1(Multicodec.DAG_PB, HashFunction.IDENTITY.hash(node));
        Cid bytes = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[] {1}));
        Cid root = dags.node(inline, inline, bytes);
        mark(pin(root));
        assertKept(leaf);
        assertEquals(2, marks.size());
        assertEquals(1, dags.blockCalls("get"));
        assertEquals(1, dags.calls().size());
    }

    /** Longer than a stack would take. */
    @Test
    void aChainOfThirtyThousandBlocksIsMarkedAndItsEndIsMissed() throws Exception {
        Cid end = dags.node();
        Cid root = end;
        for (int i = 0; i < 30_000; i++) {
            root = dags.node(root);
        }
        mark(pin(root));
        assertKept(root, end);
        assertEquals(30_001, marks.size());
        dags.lose(end);
        make();
        assertStopped(
                "could not tell what the pin " + root + " keeps: " + MISSING + end + " (at " + root + "/#0".repeat(8)
                        + "/… 29984 more …" + "/#0".repeat(8) + ")",
                pin(root));
    }

    @Test
    void aWideNodeIsMarked() throws Exception {
        Cid[] leaves = new Cid[30_000];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = i % 2 == 0
                    ? dags.leaf("leaf " + i)
                    : dags.put(CidFormat.V0, new byte[] {0x0a, 0x03, 0x08, (byte) i, (byte) (i >> 8)});
        }
        long distinct = Arrays.stream(leaves).distinct().count();
        Cid root = dags.node(leaves);
        mark(pin(root));
        assertEquals(distinct + 1, marks.size());
        assertKept(leaves);
    }

    // what ends it

    @Test
    void aMissingBlockEndsItWithThePinAndThePath() throws Exception {
        Cid missing = dags.node(dags.leaf("a"));
        Cid root = dags.put(new Link("docs", dags.node(dags.leaf("a"), missing), 1));
        dags.lose(missing);
        assertStopped(
                "could not tell what the pin " + root + " keeps: " + MISSING + missing + " (at " + root + "/docs/#1)",
                pin(dags.node()),
                pin(root));
    }

    @Test
    void aMissingRootEndsIt() throws Exception {
        Cid root = dags.node();
        dags.lose(root);
        assertStopped("could not tell what the pin " + root + " keeps: " + MISSING + root, pin(root));
        make();
        assertStopped("could not tell what the root of the files keeps: " + MISSING + root, files(root));
    }

    @Test
    void aDamagedBlockEndsIt() throws Exception {
        Cid damaged = dags.node(dags.leaf("a"));
        Cid root = dags.node(damaged);
        damage(damaged);
        for (Root each : List.of(pin(root), files(root))) {
            make();
            BrokenRootException e = assertThrows(BrokenRootException.class, () -> mark(each));
            assertTrue(
                    String.valueOf(e.getMessage())
                            .startsWith("could not tell what " + each.keeper() + " keeps: block in storage"),
                    e.getMessage());
            assertTrue(String.valueOf(e.getMessage()).endsWith(" (at " + root + "/#0)"), e.getMessage());
        }
    }

    private void damage(Cid cid) throws IOException {
        String name = Multibase.BASE32_UPPER.encode(cid.hash().toBytes()).substring(1);
        dags.store.put(Key.raw("/blocks/" + name), new byte[] {1});
    }

    @Test
    void aCodecWhoseLinksCannotBeReadEndsIt() throws Exception {
        Cid git = dags.put(new CidFormat(1, 0x78, HashFunction.SHA2_256), new byte[] {1});
        Cid root = dags.node(git);
        for (Root each : List.of(pin(root), files(root))) {
            make();
            assertStopped(
                    "could not tell what " + each.keeper() + " keeps: the links of block " + git
                            + " cannot be read: its codec is git-raw, not dag-pb, dag-cbor or dag-json (at " + root
                            + "/#0)",
                    each);
        }
    }

    @Test
    void aStoreThatFailsEndsIt() throws Exception {
        Cid root = dags.node();
        Dags failing = new Dags((call, key) -> {
            throw new DatastoreException("the store is away");
        });
        BrokenRootException e = assertThrows(BrokenRootException.class, () -> mark(failing, pin(root)));
        assertEquals("could not tell what the pin " + root + " keeps: the store is away", e.getMessage());
    }

    @Test
    void rootsThatCannotBeHadEndIt() {
        Mark mark = new Mark(dags.blocks, marks, (kept, read, bytes) -> {});
        IOException e = assertThrows(
                IOException.class,
                () -> mark.run(() -> {
                    throw new IOException("no pins");
                }));
        assertEquals("no pins", e.getMessage());
    }

    @Test
    void marksThatCannotBeKeptEndIt() throws Exception {
        Cid root = dags.node(dags.leaf("a"), dags.leaf("b"), dags.leaf("c"));
        Path file = Files.writeString(directory.resolve("file"), "");
        marks = new Marks(file.resolve("gc"), 0); // every mark goes to a file
        IOException e = assertThrows(IOException.class, () -> mark(pin(root)));
        assertTrue(String.valueOf(e.getMessage()).startsWith("cannot make the folder " + file), e.getMessage());
        assertFalse(e instanceof BrokenRootException);
    }

    // as far as it is there

    @Test
    void whatIsMissingBelowTheFilesIsPassedOverWhereThatIsAsked() throws Exception {
        Cid missing = dags.node(dags.leaf("a"));
        Cid there = dags.node(dags.leaf("b"));
        Cid root = dags.node(missing, there);
        dags.lose(missing);
        mark(files(root));
        assertKept(root, there, dags.leaf("b"));
    }

    @Test
    void whatIsPassedOverBelowTheFilesEndsItBelowAPin() throws Exception {
        Cid missing = dags.node(dags.leaf("a"));
        Cid root = dags.node(missing);
        dags.lose(missing);
        assertStopped(
                "could not tell what the pin " + root + " keeps: " + MISSING + missing + " (at " + root + "/#0)",
                files(dags.node(root, missing)),
                pin(root));
    }

    // files

    @Test
    void marksAreTheSameOnDisk() throws Exception {
        Cid[] nodes = new Cid[200];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = dags.node(dags.leaf("a " + i), dags.leaf("b " + i));
        }
        Cid root = dags.node(nodes);
        marks = new Marks(directory.resolve("gc"), 10_000);
        mark(pin(root));
        assertEquals(601, marks.size());
        assertEquals(201, dags.blockCalls("get"));
        assertKept(nodes);
        assertKept(root, dags.leaf("b 199"));
        assertFalse(marks.contains(dags.leaf("c").hash()));
        assertTrue(Files.exists(directory.resolve("gc")));
        marks.close();
        assertFalse(Files.exists(directory.resolve("gc")));
    }
}
