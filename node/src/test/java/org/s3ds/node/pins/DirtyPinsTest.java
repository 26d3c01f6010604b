package org.s3ds.node.pins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.ReadOnlyDatastore;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.HashFunction;

/** Pins that a crash left half-written, and entries that do not fit together. */
class DirtyPinsTest {
    private static final String ID = "7ceb6ede4bc448cc9b91377d8be3911e";

    private final MemoryDatastore memory = new MemoryDatastore();
    private Cid cid = Cid.v1(0x55, HashFunction.SHA2_256.hash(new byte[0]));

    @BeforeEach
    void begin() throws Exception {
        cid = Cid.parse("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
    }

    private void putRecord(PinMode mode, String name) throws IOException {
        memory.put(PinKeys.record(ID), new PinRecord(cid, mode, name).encode());
    }

    private void mark(int... state) throws IOException {
        byte[] bytes = new byte[state.length];
        for (int i = 0; i < state.length; i++) {
            bytes[i] = (byte) state[i];
        }
        memory.put(PinKeys.DIRTY, bytes);
    }

    private Set<String> keys() throws IOException {
        try (Results results = memory.query(Query.keys(Key.ROOT))) {
            Set<String> keys = new TreeSet<>();
            for (Entry entry : results.rest()) {
                keys.add(entry.key().toString());
            }
            return keys;
        }
    }

    private List<Cid> list(Pins pins, PinMode mode) throws IOException {
        List<Cid> listed = new ArrayList<>();
        try (PinList list = pins.list(mode, true)) {
            for (Optional<PinRecord> pin = list.next(); pin.isPresent(); pin = list.next()) {
                listed.add(pin.get().cid());
            }
        }
        return listed;
    }

    @ParameterizedTest
    @CsvSource({"RECURSIVE, ''", "RECURSIVE, a name", "DIRECT, ''", "DIRECT, a name"})
    void indexesAreMadeFromTheRecords(PinMode mode, String name) throws Exception {
        putRecord(mode, name);
        mark(1);
        memory.put(PinKeys.indexEntry(mode.other(), cid, ID), new byte[0]);
        Pins pins = new Pins(memory);
        assertEquals(List.of(cid), list(pins, mode));
        assertEquals(List.of(), list(pins, mode.other()));
        Set<String> expected = new TreeSet<>(Set.of(
                PinKeys.record(ID).toString(), PinKeys.indexEntry(mode, cid, ID).toString(), PinKeys.DIRTY.toString()));
        if (!name.isEmpty()) {
            expected.add(PinKeys.nameEntry(name, ID).toString());
        }
        assertEquals(expected, keys());
        assertArrayEquals(new byte[] {0}, memory.get(PinKeys.DIRTY).orElseThrow());
        assertEquals(
                List.of(
                        "a change of pins was cut short: their indexes were compared with the records (records: 1, put right: 1)"),
                pins.notices());
    }

    @Test
    void indexesAreLeftAloneWhenTheMarkIsClean() throws Exception {
        putRecord(PinMode.RECURSIVE, "");
        mark(0);
        Pins pins = new Pins(memory);
        assertEquals(List.of(), list(pins, PinMode.RECURSIVE));
        assertEquals(List.of(), pins.notices());
    }

    @Test
    void aMarkWithoutBytesIsNotTrustedAndPutRight() throws Exception {
        putRecord(PinMode.RECURSIVE, "");
        mark();
        Pins pins = new Pins(memory);
        assertTrue(pins.isRecursive(cid));
        assertArrayEquals(new byte[] {0}, memory.get(PinKeys.DIRTY).orElseThrow());
        assertEquals(
                List.of("the mark /pins/state/dirty of the pins was empty, which Kubo cannot read: their indexes were"
                        + " compared with the records (records: 1, put right: 1)"),
                pins.notices());
    }

    @Test
    void anEntryOfAnOldKuboCountsAsPresentAndCanBeRemoved() throws Exception {
        putRecord(PinMode.RECURSIVE, "");
        mark(1);
        Key old = PinKeys.oldIndexEntry(PinMode.RECURSIVE, cid, ID);
        memory.put(old, new byte[0]);
        Pins pins = new Pins(memory);
        assertTrue(pins.isRecursive(cid));
        assertEquals(Set.of(old.toString(), "/pins/pin/" + ID, "/pins/state/dirty"), keys());
        pins.remove(cid, true);
        assertEquals(Set.of("/pins/state/dirty"), keys());
    }

    @Test
    void anEntryWithoutARecordStaysUntilItIsUnpinned() throws Exception {
        mark(1);
        memory.put(PinKeys.indexEntry(PinMode.RECURSIVE, cid, ID), new byte[0]);
        Pins pins = new Pins(memory);
        assertEquals(List.of(cid), list(pins, PinMode.RECURSIVE));
        pins.remove(cid, true);
        assertEquals(Set.of("/pins/state/dirty"), keys());
    }

    @Test
    void aCidWithTwoPinsIsListedOnce() throws Exception {
        Pins pins = new Pins(memory);
        pins.addRecursive(cid, "a");
        memory.put(PinKeys.indexEntry(PinMode.RECURSIVE, cid, ID), new byte[0]);
        assertEquals(List.of(cid), list(pins, PinMode.RECURSIVE));
        pins.update(cid, cid.toV1(), true);
        assertFalse(pins.isRecursive(cid));
        assertEquals(List.of(cid.toV1()), list(pins, PinMode.RECURSIVE));
    }

    @Test
    void aRecordThatDoesNotDecodeIsToldAndNothingChanges() throws Exception {
        memory.put(PinKeys.record(ID), new byte[] {(byte) 0x80});
        memory.put(PinKeys.indexEntry(PinMode.RECURSIVE, cid, ID), new byte[0]);
        String sentence = "the pin record /pins/pin/" + ID
                + " is damaged: byte 0 of a pin record does not begin a map; what it pinned is not known, so nothing was"
                + " changed: restore the repo's folder datastore from a backup";
        Pins pins = new Pins(memory);
        assertEquals(
                sentence,
                assertThrows(FormatException.class, () -> list(pins, PinMode.RECURSIVE))
                        .getMessage());
        assertEquals(
                sentence,
                assertThrows(FormatException.class, () -> pins.remove(cid, true))
                        .getMessage());
        assertEquals(
                Set.of(
                        "/pins/pin/" + ID,
                        PinKeys.indexEntry(PinMode.RECURSIVE, cid, ID).toString()),
                keys());
        mark(1);
        assertEquals(
                sentence,
                assertThrows(FormatException.class, () -> pins.isRecursive(cid)).getMessage());
        assertArrayEquals(new byte[] {1}, memory.get(PinKeys.DIRTY).orElseThrow());
    }

    @Test
    void aStoreForReadingIsRefusedWhileItIsDirty() throws Exception {
        putRecord(PinMode.RECURSIVE, "");
        mark(1);
        Pins pins = new Pins(new ReadOnlyDatastore("for reading", memory));
        IOException e = assertThrows(IOException.class, () -> pins.isRecursive(cid));
        assertTrue(String.valueOf(e.getMessage()).contains("for reading"), e.getMessage());
    }

    @Test
    void pinsAreRefusedInKubosWords() throws Exception {
        Pins pins = new Pins(memory);
        assertRefused("not pinned or pinned indirectly", () -> pins.remove(cid, true));
        assertRefused("not pinned or pinned indirectly", () -> pins.remove(cid, false));
        pins.addRecursive(cid, "");
        assertRefused(cid + " already pinned recursively", () -> pins.addDirect(cid, ""));
        assertRefused(cid + " is pinned recursively", () -> pins.remove(cid, false));
        pins.remove(cid, true);
        pins.addDirect(cid, "one");
        pins.addDirect(cid, "two");
        assertEquals("two", pins.find(PinMode.DIRECT, cid).orElseThrow().name());
        assertEquals(4, keys().size());
        pins.remove(cid, false);
        assertEquals(Set.of("/pins/state/dirty"), keys());
    }

    private interface Refused {
        void run() throws IOException;
    }

    private static void assertRefused(String sentence, Refused call) {
        assertEquals(sentence, assertThrows(PinException.class, call::run).getMessage());
    }
}
