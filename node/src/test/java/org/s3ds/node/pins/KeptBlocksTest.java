package org.s3ds.node.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;

/** What pins keep: indirect pins, the check of pins, and the blocks that must not be removed. */
class KeptBlocksTest {
    private static final Pinner.Progress NONE = (blocks, bytes) -> {};

    private final Dags dags = new Dags();
    private final IndirectPins indirect = new IndirectPins(dags.blocks, dags.pins);

    private Cid pinned(Cid root) throws IOException {
        dags.pinner.pinRecursive(root, "", NONE);
        return root;
    }

    @Test
    void everyCidBelowAPinIsToldOnceAndLeavesAreNotAskedFor() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid node = dags.node(leaf, dags.leaf("b"));
        pinned(dags.node(node, leaf));
        pinned(dags.node(node));
        dags.forgetCalls();
        List<Cid> told = new ArrayList<>();
        indirect.list(told::add);
        assertEquals(3, told.size());
        assertEquals(Set.of(leaf, node, dags.leaf("b")), Set.copyOf(told));
        assertEquals(3, dags.blockCalls("get"));
        assertEquals(0, dags.blockCalls("size"));
    }

    @Test
    void aPinAboveIsFound() throws Exception {
        Cid leaf = dags.leaf("a");
        pinned(dags.leaf("another"));
        Cid root = pinned(dags.node(dags.node(leaf)));
        Cid other = dags.leaf("other");
        assertEquals(Map.of(leaf, root), indirect.find(Set.of(leaf, other, root)));
        assertEquals(Map.of(), indirect.find(Set.of()));
    }

    @Test
    void whatIsBelowAMissingBlockIsNotKnown() throws Exception {
        Cid node = dags.node(dags.leaf("a"));
        Cid root = pinned(dags.node(node));
        dags.lose(node);
        IOException e = assertThrows(IOException.class, () -> indirect.list(cid -> {}));
        assertEquals(
                "block was not found locally (offline): ipld: could not find " + node + " (at " + root + "/#0)",
                e.getMessage());
    }

    // check

    private Map<Cid, List<Cid>> check() throws IOException {
        Map<Cid, List<Cid>> checked = new LinkedHashMap<>();
        new PinCheck(dags.blocks, dags.pins)
                .run((root, bad) -> checked.put(
                        root, bad.stream().map(PinCheck.BadNode::cid).toList()));
        return checked;
    }

    @Test
    void whatIsSharedAndBrokenIsToldOfEveryPinAboveIt() throws Exception {
        Cid leaf = dags.leaf("shared leaf");
        Cid node = dags.node(leaf, dags.leaf("a"));
        Cid first = pinned(dags.node(node));
        Cid second = pinned(dags.node(dags.node(node)));
        Cid whole = pinned(dags.node(dags.leaf("a")));
        assertEquals(Map.of(first, List.of(), second, List.of(), whole, List.of()), check());
        dags.lose(leaf);
        assertEquals(Map.of(first, List.of(leaf), second, List.of(leaf), whole, List.of()), check());
        dags.lose(node);
        assertEquals(Map.of(first, List.of(node), second, List.of(node), whole, List.of()), check());
        dags.lose(second);
        assertEquals(Map.of(first, List.of(node), second, List.of(second), whole, List.of()), check());
    }

    // removal

    private String remove(boolean force, Cid... cids) throws IOException {
        List<String> told = new ArrayList<>();
        new BlockRemoval(dags.blocks, new KeptBlocks(dags.blocks, dags.pins, new FilesRoot(dags.store)))
                .remove(List.of(cids), force, (cid, refusal) -> told.add(refusal.orElse("removed")));
        return String.join(", ", told);
    }

    @Test
    void pinnedBlocksStay() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid root = pinned(dags.node(leaf));
        Cid direct = dags.leaf("b");
        dags.pinner.pinDirect(direct, "");
        Cid free = dags.leaf("c");
        assertEquals(
                "pinned: recursive, pinned via " + root + ", pinned: direct, removed, ipld: could not find " + free,
                remove(false, root, leaf, direct, free, free));
        assertTrue(dags.blocks.has(root) && dags.blocks.has(leaf) && dags.blocks.has(direct));
        assertFalse(dags.blocks.has(free));
        assertEquals("removed", remove(true, free));
    }

    @Test
    void aBlockIsKeptUnderEveryCidOfIt() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid root = pinned(dags.node(leaf));
        assertEquals(
                "pinned: recursive, pinned: recursive, pinned via " + root,
                remove(
                        true,
                        Cid.v0(root.hash()),
                        Cid.v1(Multicodec.RAW, root.hash()),
                        Cid.v1(Multicodec.DAG_PB, leaf.hash())));
    }

    @Test
    void nothingIsRemovedWhenItCannotBeToldWhatIsPinned() throws Exception {
        Cid node = dags.node(dags.leaf("a"));
        Cid root = pinned(dags.node(node));
        Cid free = dags.leaf("free");
        dags.lose(node);
        IOException e = assertThrows(IOException.class, () -> remove(true, free));
        assertEquals(
                "nothing was removed, as it cannot be told what is pinned: block was not found locally (offline): ipld:"
                        + " could not find " + node + " (at " + root + "/#0)",
                e.getMessage());
        assertTrue(dags.blocks.has(free));
    }

    @Test
    void theRootOfTheFilesAndWhatIsBelowItStay() throws Exception {
        Cid leaf = dags.leaf("a");
        Cid folder = dags.node(leaf);
        Cid missing = dags.node(dags.leaf("below what is missing"));
        Cid root = dags.node(folder, missing);
        dags.store.put(FilesRoot.KEY, root.toBytes());
        Cid free = dags.leaf("free");
        dags.lose(missing);
        assertEquals(
                "it is the root of the files (MFS), it is below the root of the files (MFS), it is below the root of"
                        + " the files (MFS), removed",
                remove(true, Cid.v1(Multicodec.RAW, root.hash()), folder, leaf, free));
        pinned(folder);
        assertEquals("pinned: recursive, pinned via " + folder, remove(true, folder, leaf));
    }

    @Test
    void nothingIsRemovedWhileTheRootOfTheFilesIsMissingOrNone() throws Exception {
        Cid root = dags.node(dags.leaf("a"));
        Cid free = dags.leaf("free");
        dags.store.put(FilesRoot.KEY, root.toBytes());
        dags.lose(root);
        IOException e = assertThrows(IOException.class, () -> remove(true, free));
        assertEquals(
                "nothing was removed, as it cannot be told what is pinned: the root of the files (MFS): block was not"
                        + " found locally (offline): ipld: could not find " + root,
                e.getMessage());
        dags.store.put(FilesRoot.KEY, new byte[] {1, 2});
        IOException none = assertThrows(IOException.class, () -> remove(true, free));
        assertTrue(
                none.toString().contains("the root of the files (MFS), the value of /local/filesroot, is no CID: 0102"),
                none.toString());
        assertTrue(dags.blocks.has(free));
    }

    @Test
    void whatAPinLacksIsNotExcusedByTheFilesHavingItToo() throws Exception {
        Cid missing = dags.node(dags.leaf("a"));
        Cid folder = dags.node(missing);
        pinned(folder);
        dags.store.put(FilesRoot.KEY, dags.node(missing, folder).toBytes());
        dags.lose(missing);
        assertThrows(IOException.class, () -> remove(true, dags.leaf("free")));
    }
}
