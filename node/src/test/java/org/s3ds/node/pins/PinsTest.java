package org.s3ds.node.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.node.ScriptedDatastore;

final class PinsTest {
    private static final String EMPTY = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";
    private static final String EMPTY_RECORD =
            "a2636369645822122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef646d6f646500";
    private static final String KUBO_ID = "7ceb6ede4bc448cc9b91377d8be3911e";
    private static final String KUBO_INDEX = "/pins/index/cidRindex/uEiBZlIQ5Bl8pYZ70EoDLuTK-UsVtmcWWa2XgERI58Ji77w"
            + "/uN2NlYjZlZGU0YmM0NDhjYzliOTEzNzdkOGJlMzkxMWU";

    private final MemoryDatastore memory = new MemoryDatastore();
    private final List<String> calls = new ArrayList<>();

    @Test
    void theEmptyDirectoryIsPinnedAsKuboDid() throws Exception {
        pins(KUBO_ID).addRecursive(Cid.parse(EMPTY), "");

        assertEquals(
                "{/pins/index/cidRindex/uEiBZlIQ5Bl8pYZ70EoDLuTK-UsVtmcWWa2XgERI58Ji77w/uN2NlYjZlZGU0YmM0NDhjYzliOTEzNzdkOGJlMzkxMWU=,"
                        + " /pins/pin/" + KUBO_ID + "=" + EMPTY_RECORD + ", /pins/state/dirty=00}",
                contents().toString());
    }

    @Test
    void theOrderIsDirtyRecordIndexSyncClean() throws Exception {
        pins(KUBO_ID).addRecursive(Cid.parse(EMPTY), "my-pin");
        assertEquals(
                List.of(
                        "put /pins/state/dirty",
                        "sync /pins/state/dirty",
                        "put /pins/pin/" + KUBO_ID,
                        "put " + KUBO_INDEX,
                        "put /pins/index/nameIndex/ubXktcGlu/uN2NlYjZlZGU0YmM0NDhjYzliOTEzNzdkOGJlMzkxMWU",
                        "sync /pins",
                        "put /pins/state/dirty",
                        "sync /pins/state/dirty"),
                calls.stream()
                        .filter(call -> call.startsWith("put") || call.startsWith("sync"))
                        .toList());
    }

    @Test
    void aNewPinReplacesTheOldNameAndAll() throws Exception {
        Cid cid = Cid.parse(EMPTY);
        Pins pins = pins("a".repeat(32), "b".repeat(32));
        pins.addRecursive(cid, "old");
        pins.addRecursive(cid, "");

        assertEquals(3, contents().size());
        assertTrue(contents().containsKey("/pins/pin/" + "b".repeat(32)));
        assertTrue(pins.isRecursive(cid));
    }

    @Test
    void aDirectPinIsReplacedToo() throws Exception {
        Cid cid = Cid.parse(EMPTY);
        memory.put(PinKeys.record("d"), new PinRecord(cid, PinMode.DIRECT, "n").encode());
        memory.put(PinKeys.indexEntry(PinMode.DIRECT, cid, "d"), new byte[0]);
        memory.put(PinKeys.nameEntry("n", "d"), new byte[0]);
        Pins pins = pins(KUBO_ID);
        assertFalse(pins.isRecursive(cid));

        pins.addRecursive(cid, "");

        assertEquals(3, contents().size());
        assertTrue(pins.isRecursive(cid));
    }

    @Test
    void bothVersionsOfACidArePinnedApart() throws Exception {
        Pins pins = pins("a".repeat(32), "b".repeat(32));
        pins.addRecursive(Cid.parse(EMPTY), "");
        assertFalse(pins.isRecursive(Cid.parse(EMPTY).toV1()));
        pins.addRecursive(Cid.parse(EMPTY).toV1(), "");
        assertEquals(5, contents().size());
    }

    /** The store fails at each call in turn: an old pin, or the new one, is there whatever happened. */
    @Test
    void noFailureLosesAPin() throws Exception {
        Cid cid = Cid.parse(EMPTY);
        for (int failing = 1; ; failing++) {
            MemoryDatastore store = new MemoryDatastore();
            new Pins(store).addRecursive(cid, "old");
            int at = failing;
            int[] count = {0};
            Pins pins = new Pins(new ScriptedDatastore(store, (call, key) -> {
                if (++count[0] == at) {
                    throw new DatastoreException("full");
                }
            }));
            try {
                pins.addRecursive(cid, "new");
                break;
            } catch (DatastoreException _) {
                boolean clean = store.get(PinKeys.DIRTY).orElseThrow()[0] == 0;
                assertTrue(new Pins(store).isRecursive(cid), "at call " + at);
                if (clean) {
                    assertEquals(4, contents(store).size(), "clean with leftovers at call " + at);
                }
            }
        }
    }

    @Test
    void aNameIsAtMost255Bytes() throws Exception {
        Cid cid = Cid.parse(EMPTY);
        pins(KUBO_ID).addRecursive(cid, "é".repeat(127) + "x");
        PinException e = assertThrows(PinException.class, () -> pins().addRecursive(cid, "é".repeat(128)));
        assertEquals("pin name is 256 bytes (max 255 bytes)", e.getMessage());
    }

    @Test
    void idsAre32HexDigits() throws Exception {
        new Pins(memory).addRecursive(Cid.parse(EMPTY), "");
        assertTrue(contents().keySet().stream().anyMatch(key -> key.matches("/pins/pin/[0-9a-f]{32}")));
    }

    // records

    @ParameterizedTest
    @CsvSource({
        EMPTY + ",RECURSIVE,'',a26363696458221220",
        "bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa,DIRECT,'',a2636369645824017012",
        EMPTY + ",RECURSIVE,my-pin,a36363696458221220",
    })
    void recordsAreKubosBytesAndComeBack(String cid, PinMode mode, String name, String begin) throws Exception {
        PinRecord record = new PinRecord(Cid.parse(cid), mode, name);
        String hex = HexFormat.of().formatHex(record.encode());
        assertEquals(begin, hex.substring(0, begin.length()));
        String end =
                "646d6f64650" + (mode == PinMode.DIRECT ? 1 : 0) + (name.isEmpty() ? "" : "646e616d65666d792d70696e");
        assertEquals(end, hex.substring(hex.length() - end.length()));
        assertEquals(record, PinRecord.decode(record.encode()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 70000})
    void namesOfAnyLengthComeBack(int length) throws Exception {
        PinRecord record = new PinRecord(Cid.parse(EMPTY), PinMode.RECURSIVE, "n".repeat(length));
        assertEquals(record, PinRecord.decode(record.encode()));
    }

    @Test
    void metadataIsReadOver() throws Exception {
        String meta = "686d65746164617461" + "a361618301f5f661622061638241ffc11a01020304";
        byte[] record = HexFormat.of().parseHex("a3" + EMPTY_RECORD.substring(2, 82) + meta + "646d6f646501");
        assertEquals(new PinRecord(Cid.parse(EMPTY), PinMode.DIRECT, ""), PinRecord.decode(record));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a0",
                "a1646d6f646500",
                "80",
                "a2",
                "bf",
                "a1636369645bffffffffffffffff",
                "a1636369645b7fffffffffffffff",
                "bb7fffffffffffffff",
                "a16178" + "9b7fffffffffffffff",
                "a1617881818181818181818181818181818181818181818181818181818181818181818181818181818181818101",
                EMPTY_RECORD + "00",
                "a2636369645822122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef646d6f646505",
                "a36363696441ff646d6f646500646e616d6561ff",
            })
    void otherBytesAreNoRecord(String hex) {
        assertThrows(
                FormatException.class, () -> PinRecord.decode(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD,uEiD4Usf6YvlxgX9U2KgNzWP89wmLPL3pro7B7kSQE-xdsA",
        "bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa,uAXASIPhSx_pi-XGBf1TYqA3NY_z3CYs8vemujsHuRJAT7F2w",
        "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e,uAVUSILlNJ7mTTT4IpS5S19p9q_rEhO_jelOA7pCI96zi783p",
    })
    void indexKeysAreKubosAndComeBack(String cid, String component) throws Exception {
        Key key = PinKeys.indexEntry(PinMode.RECURSIVE, Cid.parse(cid), KUBO_ID);
        assertEquals(component, key.components().get(3));
        assertEquals(new PinKeys.IndexEntry(key, Cid.parse(cid), KUBO_ID), PinKeys.parseIndexEntry(key));
    }

    private Pins pins(String... ids) {
        Iterator<String> next = List.of(ids).iterator();
        return new Pins(new ScriptedDatastore(memory, (call, key) -> calls.add(call + " " + key)), next::next);
    }

    private SortedMap<String, String> contents() throws IOException {
        return contents(memory);
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
