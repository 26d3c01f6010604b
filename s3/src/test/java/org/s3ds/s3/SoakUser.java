package org.s3ds.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.s3.SoakModel.Content;
import org.s3ds.s3.SoakModel.Slot;

/** One of those who use a store at once, each by chance, and compare what they see with a model. */
record SoakUser(Datastore store, SoakModel model, SoakTally tally, SplittableRandom random) {
    private static final int LARGEST_VALUE = 16 * 1024;

    /** Does something, on one in five calls in the background. */
    void operate() throws InterruptedException {
        (random.nextInt(5) == 0 ? new SoakUser(store.inBackground(), model, tally, random) : this).operateOnce();
        tally.done();
    }

    private void operateOnce() throws InterruptedException {
        List<Slot> group = model.slots(random.nextInt(SoakModel.GROUPS));
        Slot slot = group.get(random.nextInt(group.size()));
        int dice = random.nextInt(100);
        if (dice < 25) {
            write(slot, value());
        } else if (dice < 33) {
            write(slot, Content.of(Optional.empty()));
        } else if (dice < 88) {
            read(slot, dice);
        } else if (dice < 94) {
            commit(group);
        } else {
            list(group, random.nextBoolean());
        }
    }

    private Content value() {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? 0 : random.nextInt(LARGEST_VALUE)];
        random.nextBytes(bytes);
        return Content.of(Optional.of(bytes));
    }

    private void write(Slot slot, Content content) throws InterruptedException {
        inTurn(List.of(slot.toWrite()), () -> {
            try {
                if (content.isPresent()) {
                    store.put(slot.key(), content.value().orElseThrow());
                } else {
                    store.delete(slot.key());
                }
                slot.isNow(content);
            } catch (DatastoreException e) {
                tally.failed(e);
                slot.failed(content, e);
            }
        });
    }

    private void read(Slot slot, int dice) throws InterruptedException {
        inTurn(List.of(slot.toRead()), () -> {
            try {
                if (dice < 70) {
                    Content seen = Content.of(store.get(slot.key()));
                    slot.check(seen::isAs, seen);
                } else if (dice < 79) {
                    boolean there = store.has(slot.key());
                    slot.check(possible -> possible.isPresent() == there, there ? "there" : "not there");
                } else {
                    OptionalLong size = store.size(slot.key());
                    slot.check(possible -> possible.hasSize(size), size);
                }
            } catch (DatastoreException e) {
                tally.failed(e);
            }
        });
    }

    private void commit(List<Slot> group) throws InterruptedException {
        Map<Slot, Content> writes = new HashMap<>();
        for (Slot slot : group) {
            if (random.nextInt(3) == 0) {
                writes.put(slot, random.nextInt(3) == 0 ? Content.of(Optional.empty()) : value());
            }
        }
        List<Lock> turns =
                group.stream().filter(writes::containsKey).map(Slot::toWrite).toList();
        inTurn(turns, () -> {
            Map<Key, DatastoreException> failures = committed(writes);
            writes.forEach((slot, content) -> {
                DatastoreException failure = failures.get(slot.key());
                if (failure == null) {
                    slot.isNow(content);
                } else {
                    slot.failed(content, failure);
                }
            });
        });
    }

    /** Commits a batch; gives the failure of each key that failed. */
    private Map<Key, DatastoreException> committed(Map<Slot, Content> writes) {
        try {
            Batch batch = store.batch();
            for (Map.Entry<Slot, Content> each : writes.entrySet()) {
                if (each.getValue().isPresent()) {
                    batch.put(each.getKey().key(), each.getValue().value().orElseThrow());
                } else {
                    batch.delete(each.getKey().key());
                }
            }
            batch.commit();
            return Map.of();
        } catch (BatchException e) {
            tally.failed(e);
            return e.failures();
        } catch (DatastoreException e) {
            tally.failed(e);
            return writes.keySet().stream().collect(Collectors.toMap(Slot::key, slot -> e));
        }
    }

    private void list(List<Slot> group, boolean values) throws InterruptedException {
        inTurn(group.stream().map(Slot::toRead).toList(), () -> {
            try {
                compare(group, values);
            } catch (DatastoreException e) {
                tally.failed(e);
            }
        });
    }

    /** Lists a group, which nobody writes to meanwhile. */
    void compare(List<Slot> group, boolean values) throws DatastoreException {
        Key above = group.getFirst().key().parent();
        Map<Key, Entry> listed = new HashMap<>();
        Query query = values ? Query.of(above) : Query.keys(above).withSizes();
        try (Results results = store.query(query)) {
            for (Entry entry : results.rest()) {
                if (listed.put(entry.key(), entry) != null) {
                    throw new AssertionError(entry.key() + " is listed twice");
                }
            }
        }
        for (Slot slot : group) {
            Optional<Entry> entry = Optional.ofNullable(listed.remove(slot.key()));
            if (values) {
                Content seen = Content.of(entry.flatMap(Entry::value));
                slot.check(seen::isAs, "listed as " + seen);
            } else {
                OptionalLong size = entry.map(Entry::size).orElse(OptionalLong.empty());
                slot.check(possible -> possible.hasSize(size), "listed with size " + size);
            }
        }
        if (!listed.isEmpty()) {
            throw new AssertionError("listed, but never put: " + listed.keySet());
        }
    }

    /** What is done while it is our turn. */
    private interface Step {
        void run() throws InterruptedException;
    }

    private static void inTurn(List<Lock> turns, Step step) throws InterruptedException {
        List<Lock> held = new ArrayList<>();
        try {
            for (Lock turn : turns) {
                turn.lockInterruptibly();
                held.add(turn);
            }
            step.run();
        } finally {
            held.forEach(Lock::unlock);
        }
    }
}
