package org.s3ds.s3.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Drift;
import org.s3ds.datastore.StoreIndex.Totals;

/** An index is compared with a listing. */
@Timeout(60)
final class ComparisonTest {
    private static final int KEYS = 200;
    private static final Key EARLY = key(3);
    private static final Key LATE = key(150);

    private final FakeBucket bucket = new FakeBucket();

    @TempDir
    private Path folder = Path.of("");

    private FakeRepo repo = new FakeRepo(bucket, folder);

    @BeforeEach
    void fill() {
        repo = new FakeRepo(bucket, folder);
        for (int i = 0; i < KEYS; i++) {
            bucket.values().put(key(i), 7L);
        }
        repo.makeClaim();
    }

    private static Key key(int i) {
        return Key.of("/k%03d".formatted(i));
    }

    @Test
    void aComparisonTellsOfEachDifference() throws DatastoreException {
        try (FakeSession session = repo.exclusive().loaded()) {
            assertEquals(Map.of(), drifts(session));
            bucket.values().remove(EARLY);
            bucket.values().put(Key.of("/stranger"), 9L);
            bucket.values().put(LATE, 8L);
            assertEquals(Map.of(EARLY, "7 -", Key.of("/stranger"), "- 9", LATE, "7 8"), drifts(session));
            assertEquals(Map.of(EARLY, "7 -", Key.of("/stranger"), "- 9", LATE, "7 8"), drifts(session), "unchanged");
            session.index().rebuild(so -> {});
            assertEquals(Map.of(), drifts(session));
        }
    }

    /** A question for each would be one for each of a million. */
    @Test
    void aComparisonAsksNothingAboutWhatIsNotKnown() throws DatastoreException {
        Stall listing = new Stall(bucket, "list /k049", true);
        try (FakeSession session = repo.exclusive()) {
            assertTrue(session.has(key(0)));
            listing.await();
            bucket.taken();
            StoreIndex.Compared compared = session.index().verify(so -> {}, drift -> {
                throw new DatastoreException("a difference");
            });
            assertEquals(new Totals(KEYS, 7L * KEYS), compared.listed());
            assertEquals(KEYS - 50, compared.unknown());
            assertFalse(bucket.taken().stream().anyMatch(call -> call.startsWith("ask")));
            listing.end();
        }
    }

    /** What changes between the listing and the look at the index is no difference. */
    @Test
    void aComparisonIsNotMisledByChanges() throws DatastoreException {
        try (FakeSession session = repo.exclusive().loaded()) {
            AtomicInteger pages = new AtomicInteger();
            bucket.after(call -> {
                if (call.startsWith("list") && pages.getAndIncrement() == 0) {
                    session.delete(List.of(key(5), key(20)));
                    session.put(Key.of("/k0051"), 1);
                    session.put(key(6), 8);
                }
            });
            assertEquals(Map.of(), drifts(session));
        }
    }

    private static Map<Key, String> drifts(FakeSession session) throws DatastoreException {
        Map<Key, String> drifts = new HashMap<>();
        session.index().verify(so -> {}, drift -> drifts.put(drift.key(), inWords(drift)));
        return drifts;
    }

    private static String inWords(Drift drift) {
        return (drift.indexed().isPresent() ? drift.indexed().getAsLong() : "-") + " "
                + (drift.stored().isPresent() ? drift.stored().getAsLong() : "-");
    }
}
