package org.s3ds.node.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.DagJson;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.node.unixfs.References;

/** A DAG of several codecs, dag-pb to dag-cbor to dag-json to raw: it is pinned, listed, checked and kept like any. */
class MixedDagTest {
    private static final Pinner.Progress NONE = (blocks, bytes) -> {};

    private final Dags dags = new Dags();
    private Cid raw = Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(new byte[0]));
    private Cid json = raw;
    private Cid cbor = raw;
    private Cid root = raw;

    private static CidFormat format(long codec) {
        return new CidFormat(1, codec, HashFunction.SHA2_256);
    }

    @BeforeEach
    void put() throws Exception {
        raw = dags.leaf("raw");
        json = dags.put(
                format(Multicodec.DAG_JSON),
                DagJson.encode(Data.MapOf.of(Map.of("a", new Data.ListOf(List.of(new Data.LinkTo(raw)))))));
        cbor = dags.put(
                format(Multicodec.DAG_CBOR),
                DagCbor.encode(
                        new Data.ListOf(List.of(Data.Int.of(1), Data.MapOf.of(Map.of("b", new Data.LinkTo(json)))))));
        root = dags.put(new Link("state", cbor, 1));
    }

    @Test
    void itIsPinnedWholeAndLeavesAreNotRead() throws Exception {
        dags.forgetCalls();
        dags.pinner.pinRecursive(root, "", NONE);
        assertEquals(3, dags.blockCalls("get"));
        assertEquals(1, dags.blockCalls("size"));
        IndirectPins indirect = new IndirectPins(dags.blocks, dags.pins);
        assertEquals(Map.of(raw, root, json, root, cbor, root), indirect.find(Set.of(raw, json, cbor)));
    }

    @Test
    void whatIsMissingIsNamedWithThePathThatLeadsToIt() throws Exception {
        dags.lose(raw);
        IOException e = assertThrows(IOException.class, () -> dags.pinner.pinRecursive(root, "", NONE));
        assertEquals(
                "block was not found locally (offline): ipld: could not find " + raw + " (at " + root
                        + "/state/1/b/a/0)",
                e.getMessage());
    }

    @Test
    void theCheckOfPinsGoesThroughIt() throws Exception {
        dags.pinner.pinRecursive(root, "", NONE);
        dags.lose(raw);
        List<String> found = new ArrayList<>();
        new PinCheck(dags.blocks, dags.pins).run((pin, bad) -> bad.forEach(node -> found.add(pin + " " + node.cid())));
        assertEquals(List.of(root + " " + raw), found);
    }

    @Test
    void theCheckOfPinsFindsARecordThatNoIndexHas() throws Exception {
        dags.pinner.pinRecursive(root, "", NONE);
        dags.store.put(PinKeys.record("0".repeat(32)), new byte[] {(byte) 0x80});
        List<Cid> checked = new ArrayList<>();
        IOException e = assertThrows(
                IOException.class, () -> new PinCheck(dags.blocks, dags.pins).run((pin, bad) -> checked.add(pin)));
        assertEquals(List.of(root), checked);
        assertTrue(e.toString().contains("the pin record /pins/pin/000"), e.toString());
    }

    @Test
    void whatAPinAboveItKeepsIsNotRemoved() throws Exception {
        dags.pinner.pinRecursive(root, "", NONE);
        List<Optional<String>> told = new ArrayList<>();
        new BlockRemoval(dags.blocks, new KeptBlocks(dags.blocks, dags.pins, new FilesRoot(dags.store)))
                .remove(List.of(raw, json, cbor), false, (cid, refusal) -> told.add(refusal));
        Optional<String> kept = Optional.of("pinned via " + root);
        assertEquals(List.of(kept, kept, kept), told);
    }

    @Test
    void itsReferencesAreNamedByTheWayToThem() throws Exception {
        List<String> told = new ArrayList<>();
        new References(
                        dags.blocks,
                        false,
                        References.UNLIMITED,
                        (from, link) -> told.add(link.name() + " " + link.cid()))
                .list(root);
        assertEquals(List.of("state " + cbor, "1/b " + json, "a/0 " + raw), told);
    }

    @Test
    void aBlockThatCannotBeReadIsNamed() throws Exception {
        Cid bad = dags.put(format(Multicodec.DAG_CBOR), new byte[] {(byte) 0x81});
        Cid above = dags.put(new Link("state", bad, 1));
        IOException e = assertThrows(IOException.class, () -> dags.pinner.pinRecursive(above, "", NONE));
        assertEquals(
                "the links of block " + bad
                        + " cannot be read: invalid dag-cbor: 1 items are announced, but 0 bytes are"
                        + " left, at byte 0 (at " + above + "/state)",
                e.getMessage());
        assertTrue(dags.pins.find(PinMode.RECURSIVE, above).isEmpty());
        Cid badJson = dags.put(format(Multicodec.DAG_JSON), "[".getBytes(StandardCharsets.UTF_8));
        IOException alone = assertThrows(IOException.class, () -> dags.pinner.pinRecursive(badJson, "", NONE));
        assertTrue(String.valueOf(alone.getMessage()).startsWith("the links of block " + badJson), alone.getMessage());
    }
}
