package org.s3ds.node.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;

/** What is read before a pin is written, and what keeps it from being written. */
class PinnerTest {
    private static final Pinner.Progress NONE = (blocks, bytes) -> {};

    private final Dags dags = new Dags();

    private void assertRefused(String sentence, Cid cid) throws IOException {
        IOException e = assertThrows(IOException.class, () -> dags.pinner.pinRecursive(cid, "", NONE));
        assertEquals(sentence, e.getMessage());
        assertFalse(dags.pins.isRecursive(cid));
    }

    @Test
    void aMissingBlockIsNamedWithThePathThatLeadsToIt() throws Exception {
        Cid missing = dags.leaf("missing");
        Cid file = dags.node(dags.leaf("there"), missing);
        Cid root = dags.put(new Link("docs", dags.put(new Link("a.txt", file, 1)), 1));
        dags.lose(missing);
        assertRefused(
                "block was not found locally (offline): ipld: could not find " + missing + " (at " + root
                        + "/docs/a.txt/#1)",
                root);
    }

    @Test
    void aMissingRootIsToldInKubosWords() throws Exception {
        Cid missing = dags.leaf("missing");
        dags.lose(missing);
        assertRefused("block was not found locally (offline): ipld: could not find " + missing, missing);
        IOException e = assertThrows(IOException.class, () -> dags.pinner.pinDirect(missing, ""));
        assertEquals("block was not found locally (offline): ipld: could not find " + missing, e.getMessage());
        assertTrue(dags.pins.find(PinMode.DIRECT, missing).isEmpty());
    }

    @Test
    void aCodecWhoseLinksCannotBeReadIsNotTakenForOneWithoutLinks() throws Exception {
        Cid key = dags.put(new CidFormat(1, Multicodec.LIBP2P_KEY, HashFunction.SHA2_256), new byte[] {(byte) 0xa0});
        Cid root = dags.put(new Link("state", key, 1));
        assertRefused(
                "the links of block " + key + " cannot be read: its codec is libp2p-key, not dag-pb, dag-cbor or"
                        + " dag-json (at " + root + "/state)",
                root);
    }

    @Test
    void aBlockThatIsDamagedIsNotPinned() throws Exception {
        Cid child = dags.node();
        Cid root = dags.node(child);
        dags.store.put(Key.raw(key(child)), new byte[] {1});
        IOException e = assertThrows(IOException.class, () -> dags.pinner.pinRecursive(root, "", NONE));
        assertTrue(String.valueOf(e.getMessage()).endsWith(" (at " + root + "/#0)"), e.getMessage());
    }

    private String key(Cid cid) throws IOException {
        dags.forgetCalls();
        dags.blocks.has(cid);
        return dags.calls().getFirst().substring("has ".length());
    }

    @Test
    void blocksWithLinksAreReadOnceAndTheOthersAskedForOnce() throws Exception {
        Cid a = dags.leaf("a");
        Cid b = dags.leaf("b");
        Cid shared = dags.node(a, b, a);
        Cid root = dags.node(shared, shared, a, dags.node(shared, b));
        dags.forgetCalls();
        List<Long> told = new ArrayList<>();
        dags.pinner.pinRecursive(root, "", (blocks, bytes) -> told.add(blocks));
        assertEquals(3, dags.blockCalls("get"));
        assertEquals(2, dags.blockCalls("size"));
        assertEquals(0, dags.blockCalls("has"));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), told);
    }

    @Test
    void oneBlockUnderTwoCodecsIsLookedAtUnderBoth() throws Exception {
        Cid missing = dags.leaf("missing");
        Cid node = dags.node(missing);
        Cid root = dags.put(new Link("1", Cid.v1(Multicodec.RAW, node.hash()), 1), new Link("2", node, 1));
        dags.lose(missing);
        assertRefused(
                "block was not found locally (offline): ipld: could not find " + missing + " (at " + root + "/2/#0)",
                root);
    }

    @Test
    void thePinIsWrittenAfterTheBlocksAreDurable() throws Exception {
        Cid root = dags.node(dags.leaf("a"));
        dags.forgetCalls();
        dags.pinner.pinRecursive(root, "", NONE);
        List<String> calls = dags.calls();
        int synced = calls.indexOf("sync /blocks");
        assertTrue(synced > 0);
        assertTrue(synced < calls.indexOf("put /pins/state/dirty"), calls.toString());
        assertTrue(calls.stream().skip(synced).noneMatch(call -> call.contains("/blocks/")));
    }

    /** Longer than a stack would take. */
    @Test
    void aChainOfThirtyThousandLinksIsPinnedAndItsEndIsMissed() throws Exception {
        Cid end = dags.leaf("end");
        Cid root = end;
        for (int i = 0; i < 30_000; i++) {
            root = dags.node(root);
        }
        dags.pinner.pinRecursive(root, "chain", NONE);
        assertTrue(dags.pins.isRecursive(root));
        dags.lose(end);
        Cid top = dags.node(root);
        assertRefused(
                "block was not found locally (offline): ipld: could not find " + end + " (at " + top + "/#0".repeat(8)
                        + "/… 29985 more …" + "/#0".repeat(8) + ")",
                top);
    }

    @Test
    void manyBlocksAreAskedForAtOnce() throws Exception {
        CountDownLatch many = new CountDownLatch(20);
        Dags held = new Dags((call, key) -> {
            if (call.equals("size")) {
                many.countDown();
                await(many);
            }
        });
        Cid[] leaves = new Cid[100];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = held.leaf("leaf " + i);
        }
        Cid root = held.node(leaves);
        held.pinner.pinRecursive(root, "", NONE);
        assertTrue(held.pins.isRecursive(root));
    }

    private static void await(CountDownLatch latch) throws DatastoreException {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new DatastoreException("fewer at once than there should be");
            }
        } catch (InterruptedException e) {
            throw new DatastoreException("interrupted", e);
        }
    }

    // update

    @Test
    void anUpdateLooksAtTheDifferenceAlone() throws Exception {
        Link[] files = new Link[40];
        for (int i = 0; i < files.length; i++) {
            Cid file = dags.node(dags.leaf("a" + i), dags.leaf("b" + i));
            files[i] = new Link("file %02d".formatted(i), file, 1);
        }
        Cid from = dags.put(new Link("below", dags.put(files), 1), new Link("other", dags.leaf("o"), 1));
        files[7] = new Link("file 07", dags.node(dags.leaf("a7"), dags.leaf("new")), 1);
        Cid to = dags.put(new Link("below", dags.put(files), 1), new Link("other", dags.leaf("o"), 1));
        dags.pinner.pinRecursive(from, "a name", NONE);
        dags.forgetCalls();

        dags.pinner.update(from, to, true);

        assertEquals(6, dags.blockCalls("get"), "root, folder and file, new and old");
        assertEquals(1, dags.blockCalls("size"), "the new leaf");
        assertFalse(dags.pins.isRecursive(from));
        assertEquals(
                "a name", dags.pins.find(PinMode.RECURSIVE, to).orElseThrow().name());
    }

    @Test
    void anUpdateMissesWhatIsNew() throws Exception {
        Cid kept = dags.leaf("kept");
        Cid missing = dags.leaf("missing");
        Cid from = dags.node(kept);
        Cid to = dags.node(kept, missing);
        dags.pinner.pinRecursive(from, "", NONE);
        dags.lose(missing);
        IOException e = assertThrows(IOException.class, () -> dags.pinner.update(from, to, true));
        assertEquals(
                "block was not found locally (offline): ipld: could not find " + missing + " (at " + to + "/#1)",
                e.getMessage());
        assertTrue(dags.pins.isRecursive(from));
        assertFalse(dags.pins.isRecursive(to));
    }

    @Test
    void anUpdateWithoutItsOldBlocksLooksAtEverything() throws Exception {
        Cid from = dags.node(dags.leaf("a"), dags.leaf("b"));
        Cid to = dags.node(dags.leaf("a"), dags.leaf("c"));
        dags.pinner.pinRecursive(from, "", NONE);
        dags.lose(from);
        dags.forgetCalls();
        dags.pinner.update(from, to, false);
        assertEquals(2, dags.blockCalls("size"));
        assertTrue(dags.pins.isRecursive(from));
        assertTrue(dags.pins.isRecursive(to));
    }

    @Test
    void anUpdateIsRefusedInKubosWords() throws Exception {
        Cid from = dags.node();
        Cid to = dags.node(dags.leaf("a"));
        assertUpdateRefused("'from' cid was not recursively pinned already", from, to);
        dags.pinner.pinDirect(from, "");
        assertUpdateRefused("'from' cid was not recursively pinned already", from, to);
        dags.pinner.pinRecursive(from, "", NONE);
        dags.pinner.update(from, from, true);
        assertTrue(dags.pins.isRecursive(from));
        dags.pinner.pinRecursive(to, "", NONE);
        assertUpdateRefused("'to' cid was already recursively pinned", from, to);
    }

    private void assertUpdateRefused(String sentence, Cid from, Cid to) {
        PinException e = assertThrows(PinException.class, () -> dags.pinner.update(from, to, true));
        assertEquals(sentence, e.getMessage());
    }
}
