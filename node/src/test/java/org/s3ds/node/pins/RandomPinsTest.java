package org.s3ds.node.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.node.ScriptedDatastore;

/**
 * Pins against a model: any calls in any sequence, some of which the store ends in the middle, as a crash would. The
 * seed is printed; {@code -Ds3ds.seed=N} repeats it.
 */
class RandomPinsTest {
    private static final int ROUNDS = 3_000;
    private static final int CIDS = 6;

    private final Random random;
    private final MemoryDatastore store = new MemoryDatastore();
    private final Map<Cid, PinRecord> model = new HashMap<>();
    private final List<Cid> cids = new ArrayList<>();

    /** Calls to the store that are still to succeed. */
    private int left = Integer.MAX_VALUE;

    RandomPinsTest() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("random pins: -Ds3ds.seed=" + seed);
        random = new Random(seed);
        for (int i = 0; i < CIDS / 2; i++) {
            Cid cid = CidFormat.V0.cid(ByteBuffer.allocate(4).putInt(i).array());
            cids.addAll(List.of(cid, cid.toV1()));
        }
    }

    @Test
    void pinsAreWhatTheModelSays() throws Exception {
        Pins pins = open();
        int crashes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            left = random.nextInt(4) == 0 ? random.nextInt(20) : Integer.MAX_VALUE;
            Map<Cid, Set<PinRecord>> before = records();
            try {
                change(pins);
            } catch (DatastoreException e) {
                left = Integer.MAX_VALUE;
                pins = open();
                assertOneOrTheOther(before, pins);
                crashes++;
            }
            left = Integer.MAX_VALUE;
            assertEquals(model, stored(pins));
            assertEntriesFitRecords();
        }
        assertTrue(crashes > 0);
    }

    private Pins open() {
        return new Pins(new ScriptedDatastore(store, (call, key) -> {
            if (left-- <= 0) {
                throw new DatastoreException("the store ends here");
            }
        }));
    }

    private Cid any() {
        return cids.get(random.nextInt(CIDS));
    }

    /** Changes the model first; what is refused changes neither. */
    private void change(Pins pins) throws IOException {
        Cid cid = any();
        Cid other = any();
        String name = random.nextBoolean() ? "" : "name " + random.nextInt(3);
        boolean flag = random.nextBoolean();
        Optional<PinMode> mode = Optional.ofNullable(model.get(cid)).map(PinRecord::mode);
        boolean recursive = mode.equals(Optional.of(PinMode.RECURSIVE));
        boolean otherIsRecursive = model.containsKey(other) && model.get(other).mode() == PinMode.RECURSIVE;
        switch (random.nextInt(4)) {
            case 0 -> {
                model.put(cid, new PinRecord(cid, PinMode.RECURSIVE, name));
                pins.addRecursive(cid, name);
            }
            case 1 ->
                attempt(
                        !recursive,
                        () -> model.put(cid, new PinRecord(cid, PinMode.DIRECT, name)),
                        () -> pins.addDirect(cid, name));
            case 2 ->
                attempt(
                        mode.isPresent() && (flag || !recursive),
                        () -> model.remove(cid),
                        () -> pins.remove(cid, flag));
            default ->
                attempt(
                        recursive && (cid.equals(other) || !otherIsRecursive),
                        () -> updateModel(cid, other, flag),
                        () -> pins.update(cid, other, flag));
        }
    }

    private void updateModel(Cid from, Cid to, boolean unpin) {
        if (!from.equals(to)) {
            model.put(
                    to,
                    new PinRecord(
                            to,
                            PinMode.RECURSIVE,
                            Objects.requireNonNull(model.get(from)).name()));
            if (unpin) {
                model.remove(from);
            }
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void attempt(boolean allowed, Runnable modelled, Call call) throws IOException {
        if (allowed) {
            modelled.run();
            call.run();
            return;
        }
        try {
            call.run();
        } catch (PinException _) {
            return;
        }
        throw new AssertionError("it should have been refused");
    }

    /** After a crash each CID is pinned as before or as it should be now; both only where one pin replaces another. */
    private void assertOneOrTheOther(Map<Cid, Set<PinRecord>> before, Pins pins) throws IOException {
        Map<Cid, PinRecord> now = stored(pins);
        for (Cid cid : cids) {
            Optional<PinRecord> found = Optional.ofNullable(now.get(cid));
            Set<Optional<PinRecord>> allowed = new HashSet<>(Set.of(Optional.ofNullable(model.get(cid))));
            before.getOrDefault(cid, Set.of()).forEach(pin -> allowed.add(Optional.of(pin)));
            if (!before.containsKey(cid)) {
                allowed.add(Optional.empty());
            }
            assertTrue(allowed.contains(found), () -> found + " is none of " + allowed);
        }
        model.clear();
        model.putAll(now);
    }

    /** Every record: an earlier crash may have left a CID with the old pin beside the new one. */
    private Map<Cid, Set<PinRecord>> records() throws IOException {
        Map<Cid, Set<PinRecord>> all = new HashMap<>();
        try (Results results = store.query(Query.of(PinKeys.RECORDS))) {
            for (Entry entry : results.rest()) {
                PinRecord pin = PinRecord.decode(entry.value().orElseThrow());
                all.computeIfAbsent(pin.cid(), cid -> new HashSet<>()).add(pin);
            }
        }
        return all;
    }

    private static Map<Cid, PinRecord> stored(Pins pins) throws IOException {
        Map<Cid, PinRecord> stored = new HashMap<>();
        for (PinMode mode : PinMode.values()) {
            try (PinList list = pins.list(mode, true)) {
                for (Optional<PinRecord> pin = list.next(); pin.isPresent(); pin = list.next()) {
                    stored.putIfAbsent(pin.get().cid(), pin.get());
                }
            }
        }
        return stored;
    }

    /** The keys there are, are those of the records, and the mark. */
    private void assertEntriesFitRecords() throws IOException {
        Set<String> expected = new HashSet<>(Set.of("/pins/state/dirty"));
        Set<String> found = new HashSet<>(expected);
        try (Results results = store.query(Query.of(PinKeys.PINS))) {
            for (Entry entry : results.rest()) {
                found.add(entry.key().toString());
                if (PinKeys.RECORDS.isAncestorOf(entry.key())) {
                    addKeys(
                            PinRecord.decode(entry.value().orElseThrow()),
                            entry.key().base(),
                            expected);
                }
            }
        }
        assertEquals(expected, found);
    }

    private static void addKeys(PinRecord pin, String id, Set<String> keys) {
        keys.add(PinKeys.record(id).toString());
        keys.add(PinKeys.indexEntry(pin.mode(), pin.cid(), id).toString());
        if (!pin.name().isEmpty()) {
            keys.add(PinKeys.nameEntry(pin.name(), id).toString());
        }
    }
}
